"""A person's own trade: the same card, the same risk, the same protection."""

from decimal import Decimal

import pytest

from core.approval import Adjustment
from core.by_hand import CancelEntry, FindTrade, wished
from core.domain.proposal import Author, Proposal, ProposalStatus, Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trade_wish import Level, TradeWish
from core.domain.trading import OrderType, Side
from core.errors import NotFound
from tests.builders import ACCOUNT
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"


def wish(**more) -> TradeWish:
    return TradeWish(**{"symbol": BTC, "side": Side.BUY, **more})


async def put(desk, wanted: TradeWish) -> Proposal:
    candidate = wished(wanted, await desk.decided(), Decimal(100))
    async with desk.propose.lane:
        card = await desk.propose.put(candidate, await desk.ledger.settings(ACCOUNT))
    assert isinstance(card, Proposal), card
    return card


async def resting(desk, price: str = "98"):
    card = await put(desk, wish(limit=Decimal(price)))
    return await desk.approve(card.id, Yes.PERSON)


async def test_what_was_not_said_is_as_the_desk_would_have_it(desk):
    card = await put(desk, wish())

    assert card.candidate.author is Author.PERSON
    assert (card.plan.entry_limit, card.plan.stop_loss) == (Decimal("100.2"), 98)


async def test_levels_that_were_said_are_kept_to_the_tick(desk):
    card = await put(
        desk, wish(stop=Level(price=Decimal("97.3")), target=Level(price=Decimal("108.7")))
    )

    assert card.plan.stop_loss == Decimal("97.3")
    assert [target.price for target in card.plan.targets] == [Decimal("108.7")]


async def test_a_size_is_a_ceiling_and_never_a_floor(desk):
    small = (await put(desk, wish(notional=Decimal(300)))).plan
    assert Decimal(299) < small.notional <= 300


async def test_risk_has_the_last_word_on_a_size(desk):
    greedy = (await put(desk, wish(notional=Decimal(10**6)))).plan

    assert greedy.risk <= 25


@pytest.mark.parametrize(("asked", "given"), [(1, 1), (50, 3)])
async def test_less_leverage_may_be_asked_for_but_not_more(desk, asked, given):
    assert (await put(desk, wish(leverage=asked))).plan.leverage == given


async def test_an_entry_at_a_price_waits_in_the_book_under_the_card_s_limit(desk):
    trade = await resting(desk)

    assert trade.status is TradeStatus.OPENING
    (waiting,) = await desk.broker.open_orders()
    assert (waiting.order.type, waiting.order.price) == (OrderType.LIMIT, 98)


async def test_a_waiting_entry_that_is_hit_is_protected_like_any_other(desk):
    trade = await resting(desk)

    await desk.lives("100 100 97 99")

    trade = await desk.again(trade)
    assert (trade.status, trade.entry_price) == (TradeStatus.OPEN, 98)
    assert await desk.stops() == {f"{trade.id}s1": trade.stop}


async def test_a_waiting_entry_can_be_taken_out_of_the_book(desk):
    trade = await resting(desk)
    find = FindTrade(ACCOUNT, desk.ledger)

    after = await CancelEntry(desk.ledger, desk.send, desk.settle, find)(BTC)

    assert (after.id, after.status) == (trade.id, TradeStatus.VOID)
    assert await desk.broker.open_orders() == ()


async def test_only_an_entry_that_waits_can_be_taken_out(desk):
    await desk.trade()
    cancel = CancelEntry(desk.ledger, desk.send, desk.settle, FindTrade(ACCOUNT, desk.ledger))

    for name in (BTC, ETH):
        with pytest.raises(NotFound):
            await cancel(name)


async def test_a_trade_is_found_by_its_coin_or_its_id(desk):
    trade = await desk.trade()
    find = FindTrade(ACCOUNT, desk.ledger)

    assert await find(BTC) == await find(trade.id) == await desk.again(trade)


async def test_a_card_of_one_s_own_can_be_adjusted(desk):
    card = await put(desk, wish(stop=Level(price=Decimal("97.6")), notional=Decimal(300)))

    closer = await desk.adjust(card.id, Adjustment(stop=Decimal("0.87")))

    assert closer.plan.stop_loss > card.plan.stop_loss
    assert closer.plan.notional <= 300
    replaced = await desk.ledger.proposal(card.id)
    assert replaced.status is ProposalStatus.REPLACED


async def test_a_stop_moves_to_a_price_but_never_away_or_past_the_price(desk):
    trade = await desk.trade()

    assert (await desk.move.stop_at(trade.id, Level(price=Decimal(99)))).stop == 99
    assert (await desk.move.stop_at(trade.id, Level(price=Decimal(97)))).stop == 99
    assert (await desk.move.stop_at(trade.id, Level(price=Decimal(101)))).stop == 99
    assert (await desk.move.stop_at(trade.id, Level(away=Decimal("0.005")))).stop == Decimal(
        "99.5"
    )


async def test_a_target_that_is_named_takes_all_that_waits(desk):
    trade = await desk.trade()

    after = await desk.move.target_at(trade.id, Level(price=Decimal(106)))

    assert [(t.price, t.share) for t in after.targets] == [(106, 1)]
    assert await desk.orders(OrderType.TAKE_PROFIT) == {f"{trade.id}ta3": 106}


async def test_a_target_behind_the_price_changes_nothing(desk):
    trade = await desk.trade()

    assert (await desk.move.target_at(trade.id, Level(price=Decimal(99)))).targets == trade.targets


async def test_closing_takes_back_what_still_rests_of_the_entry(desk):
    trade = await resting(desk)
    await desk.lives("100 100 97.99 99", volume="0.4")
    before = await desk.again(trade)

    await desk.close(trade.id, Exit.PERSON) if before.status is TradeStatus.OPEN else None
    await desk.lives("99 99 90 95")

    after = await desk.again(trade)
    assert not after.is_live or after.remaining == 0
    assert await desk.broker.open_orders() == ()


async def test_panic_takes_an_entry_that_rests_out_of_the_book(desk):
    trade = await resting(desk)

    await desk.panic()
    await desk.lives("100 100 90 95")

    assert (await desk.again(trade)).amount == 0
    assert await desk.broker.open_orders() == ()


async def test_an_entry_rests_no_longer_than_its_trade_was_to_last(desk):
    trade = await resting(desk)
    hours = int(trade.plan.time_stop.total_seconds() // 3600)

    await desk.lives(*["100 100 99.5 100"] * (hours + 2))

    assert (await desk.again(trade)).status is TradeStatus.VOID
    assert await desk.broker.open_orders() == ()
