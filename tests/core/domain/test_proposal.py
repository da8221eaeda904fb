"""A card is answered once, in time, and never reopened."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.proposal import ProposalStatus, Yes
from core.domain.trading import Side
from core.errors import ProposalClosed, ProposalExpired
from tests.builders import NOON, plan, proposal

IN_TIME = NOON + timedelta(minutes=15, microseconds=-1)
TOO_LATE = NOON + timedelta(minutes=15)
ANSWERS = {
    ProposalStatus.APPROVED: lambda p, at: p.approve(at, Yes.PERSON),
    ProposalStatus.REJECTED: lambda p, at: p.reject(at),
    ProposalStatus.REFUSED: lambda p, at: p.refuse(at),
    ProposalStatus.REPLACED: lambda p, at: p.supersede(at),
    ProposalStatus.EXPIRED: lambda p, at: p.expire(at),
}


@pytest.fixture(params=ANSWERS, ids=str)
def status(request):
    return request.param


def test_every_answer_leaves_its_status_and_its_time(status):
    answered = ANSWERS[status](proposal(), IN_TIME)

    assert (answered.status, answered.answered_at) == (status, IN_TIME)
    assert answered.plan == proposal().plan


def test_only_a_card_that_nobody_answered_is_pending(status):
    assert proposal().is_pending
    assert not ANSWERS[status](proposal(), IN_TIME).is_pending


def test_an_answer_gives_a_new_value(status):
    card = proposal()
    ANSWERS[status](card, IN_TIME)

    assert card == proposal()


@pytest.mark.parametrize("closed", ANSWERS, ids=str)
def test_a_closed_card_is_never_answered_again(status, closed):
    card = ANSWERS[closed](proposal(), NOON)

    with pytest.raises(ProposalClosed) as raised:
        ANSWERS[status](card, IN_TIME)

    assert raised.value.numbers == {"proposal": "k7q2e", "status": closed}


def test_after_its_time_a_card_can_only_expire(status):
    if status is ProposalStatus.EXPIRED:
        assert proposal().expire(TOO_LATE).answered_at == TOO_LATE
        return
    with pytest.raises(ProposalExpired):
        ANSWERS[status](proposal(), TOO_LATE)


@pytest.mark.parametrize("yes", Yes)
def test_a_yes_says_whose_it_was(yes):
    assert proposal().approve(NOON, yes).yes is yes
    assert proposal().reject(NOON).yes is None


class TestPlan:
    """Long: limit 64,010 and stop 63,120. Short: the mirror image."""

    SHORT = plan(side=Side.SELL, entry_limit=Decimal(63_120), stop_loss=Decimal(64_010))

    @pytest.mark.parametrize(
        ("price", "accepted"),
        [(64_011, False), (64_010, True), (63_500, True), (63_121, True), (63_120, False)],
    )
    def test_a_long_accepts_prices_above_its_stop_up_to_its_limit(self, price, accepted):
        assert plan().accepts(Decimal(price)) is accepted

    @pytest.mark.parametrize(
        ("price", "accepted"),
        [(63_119, False), (63_120, True), (63_500, True), (64_009, True), (64_010, False)],
    )
    def test_a_short_accepts_prices_below_its_stop_down_to_its_limit(self, price, accepted):
        assert self.SHORT.accepts(Decimal(price)) is accepted

    def test_ratio_and_notional_are_counted_from_the_entry_limit(self):
        made = plan(risk=Decimal(25), reward=Decimal(40), amount=Decimal("0.026"))

        assert made.reward_ratio == Decimal("1.6")
        assert made.notional == Decimal("1664.26")
