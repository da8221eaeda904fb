"""What a question will probably cost, for whoever wants to know before it is asked."""

from collections.abc import Sequence
from decimal import Decimal

from core.domain.model import Call, CallStatus, Effort, Model, Usage

REASONING = {Effort.NONE: 0, Effort.LOW: 1_500, Effort.MEDIUM: 3_000, Effort.HIGH: 8_000}
"""Tokens of thought in an answer, as long as nobody has counted any."""


def likely_cost(model: Model, asked: int, said: int, past: Sequence[Call] = ()) -> Decimal:
    """US dollars: the mean of its own answers to such questions, or by their length in tokens."""
    costs = [one.cost for one in past if one.status is CallStatus.ANSWERED]
    if costs:
        return sum(costs, Decimal(0)) / len(costs)
    output = min(said + REASONING[model.effort], model.max_output)
    return model.price.of(Usage(input=asked, output=output))
