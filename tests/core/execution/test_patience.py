"""When not being found proves that an order never came."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.intent import IntentStatus
from core.execution.patience import APART, Patience
from tests.builders import NOON, intent

SENT = intent(status=IntentStatus.SENDING, sent_at=NOON)
ARRIVAL = timedelta(seconds=10)


def after(*seconds: float) -> list[bool]:
    patience = Patience()
    return [patience.is_over(SENT, NOON + timedelta(seconds=s), ARRIVAL) for s in seconds]


def test_one_answer_is_no_proof():
    assert after(10, 11) == [False, False]


def test_two_answers_at_different_times_are_proof():
    assert after(11, 12) == [False, True]


def test_the_same_answer_twice_in_one_moment_is_one_answer():
    assert after(11, 11, 11.5, 12) == [False, False, False, True]


def test_what_was_not_found_before_its_time_counts_for_nothing():
    assert after(1, 5, 9.9, 10, 11) == [False] * 5


def test_what_was_found_after_all_starts_over():
    patience = Patience()
    late = NOON + timedelta(seconds=11)
    patience.is_over(SENT, late, ARRIVAL)
    patience.forget(SENT)
    assert not patience.is_over(SENT, late + APART, ARRIVAL)


@given(st.lists(st.integers(0, 60_000), max_size=20))
def test_no_order_is_given_up_while_it_may_come(moments):
    asked = sorted(NOON + timedelta(milliseconds=m) for m in moments)
    patience = Patience()
    late = [moment for moment in asked if moment > NOON + ARRIVAL]
    for moment in asked:
        if patience.is_over(SENT, moment, ARRIVAL):
            assert moment - late[0] >= APART
