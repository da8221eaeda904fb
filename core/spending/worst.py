"""What a question can cost at most: known before it is sent, so that it can be set aside."""

import json
from decimal import Decimal

from core.domain.model import Model, Prompt, Repair

FRAME = 1_000
A_SEARCH = 20_000


def most_tokens(prompt: Prompt, repair: Repair | None = None) -> int:
    """No tokenizer makes more tokens than a text has bytes; `FRAME` is what providers put around.

    What a search finds is read as input too.
    """
    schema = json.dumps(prompt.schema, ensure_ascii=False)
    texts = [prompt.system, prompt.user, schema]
    if repair is not None:
        texts += [repair.said, *repair.faults]
    return (
        sum(len(text.encode("utf-8", "replace")) for text in texts)
        + FRAME
        + A_SEARCH * prompt.searches
    )


def worst_case(model: Model, prompt: Prompt, repair: Repair | None = None) -> Decimal:
    """US dollars."""
    return model.worst(most_tokens(prompt, repair), prompt.searches)
