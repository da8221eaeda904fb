"""An account is held against its venue; the venue is the truth."""

from dataclasses import replace
from decimal import Decimal

from core.domain.notice import NoticeKind
from core.domain.proposal import Proposal, Rule, Yes
from core.domain.stranger import StrangerStatus
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from tests.builders import ACCOUNT
from tests.core.execution.line import swallows
from tests.core.paper.builders import BTC, ETH, market, named

pytest_plugins = "tests.core.desk"


async def goes_on(desk, seconds: int, step: int = 2) -> None:
    for _ in range(0, seconds, step):
        desk.clock.advance(seconds=step)
        await desk.watch()


async def by_hand(desk, side: Side, amount: str, name: str = "somebody", symbol: str = BTC):
    await desk.broker.place(market(side, amount, name=name, symbol=symbol))


def telling(kind, notices):
    return [notice for notice in notices if notice.kind is kind]


async def told(desk, kind):
    return telling(kind, await desk.notices())


async def strangers(desk):
    return {one.symbol: one for one in await desk.ledger.strangers(ACCOUNT)}


def hides(desk, *symbols: str) -> None:
    """The venue's account shows nothing of these symbols, and no fill has been told."""

    def without(account):
        kept = tuple(p for p in account.positions if p.symbol not in symbols)
        return replace(account, positions=kept)

    desk.line.shows = without


def shows_only(desk, part: str) -> None:
    def less(account):
        amount = Decimal(part)
        return replace(
            account, positions=tuple(replace(p, amount=amount) for p in account.positions)
        )

    desk.line.shows = less


async def test_nothing_is_entered_before_the_account_was_held_against_its_venue(real_desk):
    desk = real_desk
    desk.line.silent.add("account")
    desk.truth.at = None
    await desk.watch()
    desk.line.silent.clear()
    assert (await desk.offered()).rule is Rule.UNRECONCILED
    await desk.watch()
    assert isinstance(await desk.offered(), Proposal)


async def test_nothing_is_entered_when_that_was_too_long_ago(real_desk):
    desk = real_desk
    card = await desk.card()
    desk.line.silent.add("open_orders")
    await goes_on(desk, 60)
    assert desk.truth.is_reconciled
    await goes_on(desk, 2)
    assert not desk.truth.is_reconciled
    assert (await desk.approve(card.id, Yes.PERSON)).rule is Rule.UNRECONCILED
    assert desk.line.placed() == []


async def test_an_account_that_agrees_with_its_venue_is_left_alone(desk):
    await desk.trade()
    before = (len(await desk.notices()), list(desk.line.said))
    await goes_on(desk, 60)
    assert (len(await desk.notices()), desk.line.said) == before
    assert await desk.ledger.strangers(ACCOUNT) == ()


async def test_a_failed_read_is_not_a_position_that_is_gone(desk):
    trade = await desk.trade()
    desk.line.silent |= {"account", "open_orders"}
    await goes_on(desk, 300)
    assert (await desk.again(trade)).status is TradeStatus.OPEN


async def test_a_position_that_is_gone_without_a_fill_was_closed_by_the_venue(desk):
    trade = await desk.trade()
    hides(desk, BTC)
    desk.street.says(BTC, "99")
    await goes_on(desk, 18)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    await goes_on(desk, 6)
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.VENUE)
    assert after.exit_price == 99
    assert after.realized == (99 - after.entry_price) * trade.remaining
    (notice,) = await told(desk, NoticeKind.TRADE_CLOSED)
    assert (notice.subject, notice.silent) == (trade.id, False)


async def test_a_list_that_lags_for_a_moment_closes_nothing(desk):
    trade = await desk.trade()
    for _ in range(5):
        hides(desk, BTC)
        await goes_on(desk, 14)
        desk.line.shows = lambda account: account
        await goes_on(desk, 2)
    assert (await desk.again(trade)).status is TradeStatus.OPEN


async def test_a_position_that_has_shrunk_without_a_fill_is_booked_smaller_and_told(desk):
    trade = await desk.trade()
    shows_only(desk, "4")
    await goes_on(desk, 24)
    after = await desk.again(trade)
    assert (after.status, after.remaining) == (TradeStatus.OPEN, 4)
    (notice,) = await told(desk, NoticeKind.POSITION_SHRANK)
    assert notice.numbers == {"symbol": BTC, "by": trade.remaining - 4, "left": Decimal(4)}
    await goes_on(desk, 60)
    assert len(await told(desk, NoticeKind.POSITION_SHRANK)) == 1


async def test_no_fill_is_made_up_while_the_venue_does_not_tell_of_fills(desk):
    """The price runs away meanwhile, and what is made up would be booked at it."""
    trade = await desk.trade()
    hides(desk, BTC)
    desk.line.silent.add("activity")
    await goes_on(desk, 60)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    desk.line.silent.clear()
    await goes_on(desk, 2)
    assert (await desk.again(trade)).status is TradeStatus.CLOSED


async def test_what_somebody_sells_by_hand_is_told(desk):
    trade = await desk.trade()
    await by_hand(desk, Side.SELL, "4")
    await goes_on(desk, 2)
    assert (await desk.again(trade)).remaining == trade.remaining - 4
    (notice,) = await told(desk, NoticeKind.POSITION_SHRANK)
    assert notice.numbers["by"] == 4


async def test_what_is_added_by_hand_is_theirs_and_told_once(desk):
    trade = await desk.trade()
    await by_hand(desk, Side.BUY, "3")
    await by_hand(desk, Side.BUY, "1", name="somebody2")
    await goes_on(desk, 60)
    after = await desk.again(trade)
    assert (after.remaining, after.beside) == (trade.remaining, 4)
    (notice,) = await told(desk, NoticeKind.POSITION_MIXED)
    assert notice.numbers["own"] == trade.remaining
    assert await strangers(desk) == {}


async def test_the_stop_covers_only_the_desks_own_part(desk):
    trade = await desk.trade()
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 10)
    desk.market("100 100.5 97 97.5")
    await goes_on(desk, 2)
    assert (await desk.again(trade)).exit is Exit.STOP
    (position,) = (await desk.broker.account()).positions
    assert position.amount == 3


async def test_a_stop_that_became_too_large_beside_somebody_elses_is_made_smaller(desk):
    """After the first target the stop is larger than what is left; alone that would be harmless."""
    trade = await desk.trade()
    await desk.lives("100 103.5 100 103")
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 6)
    left = (await desk.again(trade)).remaining
    (stop,) = [
        s.order for s in await desk.broker.open_orders() if s.order.type is OrderType.STOP_MARKET
    ]
    assert stop.amount == left < trade.remaining


async def test_what_is_added_without_a_fill_is_found_by_comparing(desk):
    trade = await desk.trade()
    shows_only(desk, str(trade.remaining + 2))
    await goes_on(desk, 20)
    after = await desk.again(trade)
    assert (after.remaining, after.beside) == (trade.remaining, 2)
    assert len(await told(desk, NoticeKind.POSITION_MIXED)) == 1


async def test_what_was_added_and_is_gone_again_takes_nothing_from_the_desk(desk):
    trade = await desk.trade()
    shows_only(desk, str(trade.remaining + 2))
    await goes_on(desk, 20)
    desk.line.shows = lambda account: account
    await goes_on(desk, 30)
    after = await desk.again(trade)
    assert (after.remaining, after.beside, after.status) == (trade.remaining, 0, TradeStatus.OPEN)
    assert await told(desk, NoticeKind.POSITION_SHRANK) == []


async def test_an_unknown_position_is_told_once_and_never_touched(desk):
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 14)
    (notice,) = await told(desk, NoticeKind.POSITION_FOUND)
    assert notice.subject == BTC
    assert notice.numbers["amount"] == 3
    assert notice.numbers["stop"] == 97
    await goes_on(desk, 120)
    await desk.panic()
    assert len(await told(desk, NoticeKind.POSITION_FOUND)) == 1
    assert desk.line.said == []
    assert (await desk.broker.account()).positions[0].amount == 3


async def test_an_unknown_position_is_told_within_fifteen_seconds(desk):
    await by_hand(desk, Side.SELL, "3")
    began = desk.clock.now()
    await goes_on(desk, 14)
    (notice,) = await told(desk, NoticeKind.POSITION_FOUND)
    assert (notice.at - began).total_seconds() <= 15
    assert notice.numbers["stop"] == 103


async def test_a_position_that_is_only_passing_through_is_not_told(desk):
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 6)
    await by_hand(desk, Side.SELL, "3", name="somebody2")
    await goes_on(desk, 20)
    assert await told(desk, NoticeKind.POSITION_FOUND) == []


async def test_entries_rest_in_a_symbol_that_somebody_else_trades(desk):
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 14)
    assert (await desk.offered()).rule is Rule.STRANGER
    assert isinstance(await desk.offered(ETH), Proposal)
    await desk.answer_stranger.leave(BTC)
    assert (await desk.offered()).rule is Rule.STRANGER


async def test_entries_go_on_when_the_stranger_is_gone(desk):
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 14)
    await by_hand(desk, Side.SELL, "3", name="somebody2")
    await goes_on(desk, 14)
    assert (await strangers(desk))[BTC].status is StrangerStatus.OVER
    assert isinstance(await desk.offered(), Proposal)


async def test_a_stranger_that_changes_is_asked_about_again(desk):
    await by_hand(desk, Side.BUY, "3")
    await goes_on(desk, 14)
    await desk.answer_stranger.leave(BTC)
    await goes_on(desk, 60)
    assert len(await told(desk, NoticeKind.POSITION_FOUND)) == 1
    await by_hand(desk, Side.BUY, "1", name="somebody2")
    await goes_on(desk, 14)
    assert len(await told(desk, NoticeKind.POSITION_FOUND)) == 2
    assert (await strangers(desk))[BTC].status is StrangerStatus.ASKED


async def test_an_unknown_position_blocks_all_entries_only_until_it_is_known(real_desk):
    desk = real_desk
    await by_hand(desk, Side.BUY, "3")
    desk.truth.at = None
    await desk.watch()
    assert not desk.truth.is_reconciled
    await goes_on(desk, 14)
    assert desk.truth.is_reconciled


async def test_a_position_that_was_turned_around_by_hand_ends_the_trade_and_is_unknown(desk):
    trade = await desk.trade()
    await desk.broker.cancel(named("card01s1"))
    await by_hand(desk, Side.SELL, str(trade.remaining + 2))
    await goes_on(desk, 30)
    assert (await desk.again(trade)).exit is Exit.VENUE
    assert (await strangers(desk))[BTC].amount == -2


async def test_a_turn_that_nobody_told_is_found_as_well(desk):
    trade = await desk.trade()
    shows_only(desk, "-2")
    await goes_on(desk, 30)
    assert (await desk.again(trade)).exit is Exit.VENUE
    assert (await strangers(desk))[BTC].amount == -2
    assert desk.line.placed("c1") == []


async def test_an_entry_of_unknown_fate_makes_no_stranger(desk):
    """Its fills are late, and so is the answer: what stands there may be the desk's."""
    desk.line.faults[OrderType.IOC] = swallows
    card = await desk.card()
    await desk.approve(card.id, Yes.PERSON)
    await by_hand(desk, Side.BUY, "3")
    desk.line.silent.add("find")
    await goes_on(desk, 30)
    assert await strangers(desk) == {}


async def test_a_contract_that_the_desk_does_not_know_is_told_without_a_stop(desk, monkeypatch):
    await by_hand(desk, Side.BUY, "3")

    def unknown(account):
        moved = tuple(replace(p, symbol="NEW/USDT:USDT") for p in account.positions)
        return replace(account, positions=moved)

    desk.line.shows = unknown
    await goes_on(desk, 14)
    (notice,) = await told(desk, NoticeKind.POSITION_FOUND)
    assert "stop" not in notice.numbers
