"""A contract knows when it ends."""

from datetime import timedelta

import pytest

from core.domain.instrument import NEAR_END
from tests.builders import NOON, instrument

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ends", "ending", "over"),
    [
        (None, False, False),
        (NOON + NEAR_END + SECOND, False, False),
        (NOON + NEAR_END, True, False),
        (NOON + SECOND, True, False),
        (NOON, True, True),
        (NOON - SECOND, True, True),
    ],
)
def test_a_contract_is_ending_for_a_week_and_then_over(ends, ending, over):
    contract = instrument(ends=ends)
    assert (contract.is_ending(NOON), contract.is_over(NOON)) == (ending, over)
