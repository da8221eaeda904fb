"""Many views, one decision."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from core.committee.merging import SIDES, VERDICTS, Burden, Merged, Panel, Rules, Stakes, merge
from core.domain.market import Floats
from core.domain.model import Failure
from core.domain.opinion import Decision, Forecast, Opinion, Question, Trust, View
from core.domain.trading import Side


def decide(
    decision_id: str,
    question: Question,
    views: Sequence[View],
    burden: Burden,
    snapshot: str,
    rules: Rules,
) -> Decision:
    """Merge the voiced opinions; abstentions count neither for nor against."""
    heard = [view for view in views if isinstance(view, Opinion)]
    merged = merge(_panel(heard), _stakes(question), burden, rules)
    return Decision(
        id=decision_id,
        symbol=question.symbol,
        as_of=question.as_of,
        question=question,
        views=tuple(views),
        verdict=VERDICTS[merged.verdict[0]],
        p_up=float(merged.p_up[0]),
        best=_best(merged),
        disagreement=float(merged.disagreement[0]),
        confidence=float(merged.confidence[0]),
        snapshot=snapshot,
        trusts=_trusts(views, rules),
        costs={side: float(burden.of(side)) for side in SIDES},
    )


def alone(decision: Decision, voices: Collection[str], rules: Rules) -> Decision:
    """What these voices would have decided without the others, at the same costs."""
    views = [view for view in decision.views if view.analyst in voices]
    costs = {side: decision.costs.get(side, 0.0) for side in SIDES}
    burden = Burden(fees=0.0, slippage=0.0, funding=costs)
    return decide(decision.id, decision.question, views, burden, decision.snapshot, rules)


def _trusts(views: Sequence[View], rules: Rules) -> dict[str, Trust]:
    """Of whoever had a say; and without weight of whoever may still be heard, and is scored then."""
    trusts: dict[str, Trust] = {}
    for view in views:
        if isinstance(view, Opinion):
            trusts[view.analyst] = rules.trust(view.analyst)
        elif view.failure == Failure.LATE:
            trusts[view.analyst] = replace(rules.trust(view.analyst), weight=0.0)
    return trusts


def _stakes(question: Question) -> dict[Side, Stakes]:
    return {
        side: Stakes(np.array([distances.stop]), np.array([distances.target]))
        for side, distances in question.distances.items()
    }


def _best(merged: Merged) -> Forecast:
    return Forecast(
        side=SIDES[merged.side[0]],
        p_target_first=float(merged.p_target_first[0]),
        break_even=float(merged.break_even[0]),
        expected=float(merged.expected[0]),
    )


def _panel(heard: Sequence[Opinion]) -> Panel:
    def column(values: list[float]) -> Floats:
        return np.array(values).reshape(-1, 1)

    return Panel(
        names=tuple(opinion.analyst for opinion in heard),
        p_up=column([opinion.p_up for opinion in heard]),
        p_target_first={
            side: column([opinion.p_target_first[side] for opinion in heard]) for side in SIDES
        },
    )
