"""A fact that a model has found refuses to be nonsense."""

from datetime import timedelta

import pytest

from core.domain.tiding import Direction, Tiding, TidingKind
from tests.builders import NOON


def tiding(**parts):
    whole = {
        "id": "t1",
        "coins": ("ETH",),
        "event": TidingKind.HACK,
        "direction": Direction.DOWN,
        "materiality": 2,
        "published": NOON,
        "domains": ("coindesk.com",),
        "urls": ("https://www.coindesk.com/a",),
        "fact": "A bridge was drained.",
        "seen_at": NOON,
    }
    return Tiding(**(whole | parts))


def test_a_fact_may_be_of_an_unknown_time():
    assert tiding(published=None).published is None


@pytest.mark.parametrize(
    "parts",
    [
        {"materiality": 4},
        {"materiality": -1},
        {"fact": ""},
        {"fact": "x" * 161},
        {"fact": "two\nlines"},
        {"published": NOON + timedelta(seconds=1)},
    ],
)
def test_nonsense_is_refused(parts):
    with pytest.raises(ValueError, match=r"lies in|one clean line|before its time"):
        tiding(**parts)
