"""What a broker of perpetuals keeps beside the common promises, at whichever venue."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest

from core.domain.notice import NoticeKind
from core.domain.restraint import Reason
from core.domain.trading import (
    Cause,
    Fill,
    FundingPayment,
    OrderStatus,
    OrderType,
    Placed,
    Refused,
    Side,
    Unknown,
)
from core.errors import BrokerUnavailable
from core.guard.balance import WatchBalance
from core.guard.watches import WatchLosses
from core.losses import Losses
from tests.builders import ACCOUNT, equity_mark, settings
from tests.core.broker_contract import bid, entry, stop
from tests.fakes import MemoryLedger
from tests.venues.series import DAY
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.fate import deleverage, transfer
from tests.venues.trading.orders import Refusal
from tests.venues.trading.settings import set_hedged

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
LOST = [kind for kind in Mishap if kind.value.startswith(("done, ", "not done"))]
GARBLED = [
    Mishap.GATEWAY,
    Mishap.EMPTY,
    Mishap.HOLLOW,
    Mishap.NULL,
    Mishap.CUT,
    Mishap.PAGE,
    Mishap.TORN,
    Mishap.BUSY,
    Mishap.LOST,
    Mishap.SWALLOWED,
    Mishap.REJECTED,
]


def target(name="target", amount="0.1", price="55000"):
    return replace(stop(name, amount), type=OrderType.TAKE_PROFIT, stop_price=Decimal(price))


def names(lived):
    return [one.client_order_id for one in lived if isinstance(one, Fill)]


async def told(broker):
    return {state.order.client_order_id: state for state in await broker.open_orders()}


def furnished(venues, clock):
    """Just after the fake account got its first money, which is a transfer too."""
    venues.world.clock.now += 1
    return clock.now()


@contextmanager
def patience(broker, kind):
    """Little for an answer that never comes, and much for all others, however busy this machine."""
    client = broker.wire.client
    client.timeout, usual = 400 if kind is Mishap.MUTE else client.timeout, client.timeout
    yield
    client.timeout = usual


class PerpetualContract:
    """`entry_at` and `stop_at` are where orders are sent; `asked_at` where each question is asked;
    `held` is what the ledger calls the contract that is held; `codes` are refusals, and whether
    the desk may believe them; `few` makes pages short. `usual` is what the venue says to a mishap of the kind REJECTED, if
    the desk believes that.
    """

    entry_at: str
    stop_at: str
    cancel_at: str
    asked_at: dict[str, str]
    held = "BTCUSDT"
    codes: dict[int | str, bool]
    few: dict[str, object]
    usual = False

    def bought(self, ledger):
        return ledger.position(self.held).amount

    # -- books

    async def test_everything_that_waits_is_told_as_it_was_asked_for(self, broker):
        await broker.place(entry())
        maker = replace(bid(), client_order_id="maker", type=OrderType.POST_ONLY)
        asked = [stop(), target(), bid(), maker]
        for order in asked:
            placed = await broker.place(replace(order, leverage=2))
            assert placed == Placed(order.client_order_id)

        waiting = await told(broker)
        assert {name: state.order for name, state in waiting.items()} == {
            order.client_order_id: replace(order, leverage=1) for order in asked
        }
        for order in asked:
            await broker.cancel(order)
        assert await told(broker) == {}

    async def test_a_stop_that_was_hit_is_filled_and_its_fill_bears_its_name(self, broker, venues):
        await broker.place(entry())
        await broker.place(stop())
        await venues.trade("BTC", 44_900.0)

        state = await broker.find(stop())
        assert (state.status, state.filled) == (OrderStatus.FILLED, Decimal("0.1"))
        assert await told(broker) == {}
        _bought, sold = await broker.activity(0, {BTC})
        assert (sold.client_order_id, sold.side, sold.amount) == (
            "stop",
            Side.SELL,
            Decimal("0.1"),
        )
        assert sold.realized_pnl < -500

    async def test_a_new_stop_stands_beside_the_old_one_until_that_is_canceled(self, broker):
        await broker.place(entry())
        await broker.place(stop())
        assert await broker.place(stop("tighter", price="46000")) == Placed("tighter")
        await broker.cancel(stop())
        assert [*await told(broker)] == ["tighter"]
        assert (await broker.find(stop())).status is OrderStatus.CANCELED

    async def test_a_stop_beyond_the_price_is_refused(self, broker):
        await broker.place(entry())
        assert isinstance(await broker.place(stop(price="51000")), Refused)
        assert await told(broker) == {}

    async def test_a_target_is_a_maker(self, broker, venues):
        await broker.place(entry())
        await broker.place(target())
        await venues.trade("BTC", 55_100.0)
        sold = (await broker.activity(0, {BTC}))[-1]
        assert (sold.client_order_id, sold.price, sold.liquidity) == ("target", 55_000, "maker")
        assert (await broker.find(target())).status is OrderStatus.FILLED

    async def test_an_order_within_a_limit_drops_what_is_left(self, broker, ledger):
        ledger.state.liquidity[self.held] = Decimal("0.03")
        asked = replace(entry(), type=OrderType.IOC, price=Decimal(50_100))
        assert await broker.place(asked) == Placed("entry")
        state = await broker.find(asked)
        assert (state.status, state.filled) == (OrderStatus.EXPIRED, Decimal("0.03"))

    async def test_what_would_not_rest_does_not_fill(self, broker, ledger):
        asked = replace(bid(price="50100"), type=OrderType.POST_ONLY)
        outcome = await broker.place(asked)
        if isinstance(outcome, Placed):
            assert (await broker.find(asked)).status is OrderStatus.EXPIRED
        assert self.bought(ledger) == 0

    async def test_money_in_another_coin_is_not_traded_with(self, broker):
        asked = replace(entry(), symbol="BTC/USDC:USDC")
        assert await broker.place(asked) == Refused("entry", "quote")

    # -- settings

    async def test_an_entry_finds_its_symbol_one_way_isolated_and_with_its_leverage(
        self, broker, ledger
    ):
        set_hedged(ledger, hedged=True)
        assert await broker.place(entry()) == Placed("entry")
        setting = ledger.setting(self.held)
        assert (setting.leverage, setting.isolated, ledger.state.hedged) == (2, True, False)
        assert await broker.place(replace(entry("more", "0.01"), leverage=3)) == Placed("more")
        assert ledger.setting(self.held).leverage == 3

    async def test_a_leverage_that_the_venue_refuses_sends_nothing(self, broker, ledger):
        outcome = await broker.place(replace(entry(), leverage=126))
        assert outcome == Refused("entry", "setting")
        assert self.bought(ledger) == 0

    async def test_settings_that_cannot_be_read_send_nothing(self, broker, floor, ledger):
        with floor.begin(Mishap.PAGE, "GET ") as accident:
            assert await broker.place(entry()) == Refused("entry", "setting")
        assert accident.struck
        assert self.bought(ledger) == 0

    # -- the past

    async def test_a_fill_that_shows_late_is_told_after_what_was_known(
        self, broker, floor, venues
    ):
        await broker.place(entry("one", "0.01"))
        with floor.begin(Mishap.STALE, self.asked_at["fills"]):
            await broker.place(entry("two", "0.01"))
            await venues.advance(minutes=9)
            (known,) = await broker.activity(0, {BTC})
        await broker.place(entry("three", "0.01"))
        late = await broker.activity(known.seq, {BTC})
        assert (known.client_order_id, names(late)) == ("one", ["two", "three"])
        assert await broker.activity(0, {BTC}) == (known, *late)

    async def test_more_than_a_page_is_told_whole(self, broker, venues, monkeypatch):
        for where, few in self.few.items():
            monkeypatch.setattr(where, few)
        for number in range(5):
            await broker.place(entry(f"n{number}", "0.01"))
            await broker.place(replace(bid(f"b{number}"), amount=Decimal("0.01")))
            venues.world.clock.now += 50
        assert names(await broker.activity(0, {BTC})) == [f"n{n}" for n in range(5)]
        assert sorted(await told(broker)) == [f"b{n}" for n in range(5)]

    async def test_who_is_sent_again_is_only_looked_for(self, broker, floor, ledger):
        await broker.place(entry())
        with floor.begin(Mishap.PAGE, "GET "):
            assert await broker.place(entry()) == Unknown("entry")
        assert await broker.place(entry()) == Placed("entry")
        assert self.bought(ledger) == Decimal("0.1")

    async def test_a_restart_neither_forgets_nor_repeats(self, opened, venues):
        first = await opened()
        await first.place(entry("one", "0.01"))
        (known,) = await first.activity(0, {BTC})
        await first.place(entry("two", "0.01"))
        await first.aclose()
        venues.world.clock.now += 9 * DAY

        again = await opened()
        whole = await again.activity(0, {BTC})
        assert (whole[0], names(whole)) == (known, ["one", "two"])
        assert await again.activity(0, {BTC}) == whole
        await again.aclose()

    async def test_a_symbol_that_nobody_asked_for_is_told_when_it_traded(self, broker):
        await broker.place(replace(entry("foreign", "0.1"), symbol=ETH))
        await broker.activity(0, {BTC})
        (fill,) = await broker.activity(0, {BTC})
        assert (fill.symbol, fill.client_order_id) == (ETH, "foreign")

    async def test_funding_is_told_once_with_its_rate(self, broker, venues, ledger):
        venues.world["BTC"].next_rate = 0.0001
        await broker.place(entry())
        before = ledger.state.wallet
        await venues.advance(minutes=60 * 9)
        lived = await broker.activity(0, {BTC})
        (paid,) = [one for one in lived if isinstance(one, FundingPayment)]
        assert (paid.rate, paid.amount) == (Decimal("0.0001"), ledger.state.wallet - before)
        assert paid.amount < 0
        await venues.advance(minutes=1)
        assert await broker.activity(lived[-1].seq, {BTC}) == ()

    async def test_a_liquidation_is_one_and_all_the_money_is_accounted_for(
        self, broker, venues, ledger
    ):
        await broker.place(entry())
        await venues.trade("BTC", 25_000.0)
        lived = await broker.activity(0, {BTC})
        taken = [one for one in lived if isinstance(one, Fill)][-1]
        assert (taken.cause, taken.side) == (Cause.LIQUIDATION, Side.SELL)
        made = sum(
            one.realized_pnl - one.fee if isinstance(one, Fill) else one.amount for one in lived
        )
        account = await broker.account()
        assert account.positions == ()
        assert account.wallet == 10_000 + made == ledger.state.wallet

    async def test_being_deleveraged_is_a_liquidation_too(self, broker, ledger):
        await broker.place(entry())
        deleverage(ledger, self.held, Decimal("0.04"), Decimal(51_000))
        fill = (await broker.activity(0, {BTC}))[-1]
        assert (fill.cause, fill.amount) == (Cause.LIQUIDATION, Decimal("0.04"))

    # -- money from outside

    async def test_what_came_in_and_went_out_is_told_and_nothing_else(
        self, broker, venues, ledger, clock
    ):
        venues.world["BTC"].next_rate = 0.0001
        began = furnished(venues, clock)
        transfer(ledger, Decimal(500))
        await broker.place(entry())
        await venues.advance(minutes=60 * 9)
        await venues.trade("BTC", 25_000.0)
        assert [*ledger.held()] == []
        noon = clock.now()
        transfer(ledger, Decimal("-120.5"))
        await venues.advance(minutes=1)
        assert await broker.moved(began, clock.now()) == Decimal("379.5")
        assert await broker.moved(began, noon) == 500
        assert await broker.moved(noon, clock.now()) == Decimal("-120.5")

    async def test_transfers_of_many_weeks_and_pages_are_told_whole(
        self, broker, venues, ledger, clock, monkeypatch
    ):
        for where, few in self.few.items():
            monkeypatch.setattr(where, few)
        began = furnished(venues, clock)
        for _ in range(5):
            for amount in (1, 10, 100):
                transfer(ledger, Decimal(amount))
                venues.world.clock.now += 50
            venues.world.clock.now += 6 * DAY
        assert await broker.moved(began, clock.now()) == 555

    async def test_a_transfer_that_is_told_late_is_told(
        self, broker, floor, venues, ledger, clock
    ):
        began = furnished(venues, clock)
        with floor.begin(Mishap.STALE, self.asked_at["transfers"]):
            transfer(ledger, Decimal(-700))
            await venues.advance(minutes=9)
            assert await broker.moved(began, clock.now()) == 0
        await venues.advance(minutes=1)
        assert await broker.moved(began, clock.now()) == -700

    async def test_a_withdrawal_is_no_loss_and_a_loss_is_one(self, broker, venues, ledger, clock):
        began = furnished(venues, clock)
        books = MemoryLedger(equity_mark(began))
        watch = WatchLosses(clock, broker, Losses(account=ACCOUNT, ledger=books, transfers=broker))
        await venues.advance(minutes=60 * 24)
        transfer(ledger, Decimal(-4_000))
        assert await watch(settings()) == ()
        await venues.advance(minutes=2)
        assert await watch(settings()) == ()
        await broker.place(entry())
        await venues.trade("BTC", 48_000.0)
        assert await watch(settings()) == ()
        venues.world.clock.now += int(broker.lag / timedelta(milliseconds=1))
        reasons = {cause.reason for cause in await watch(settings())}
        assert Reason.DAY_LOSS in reasons

    async def test_a_wallet_that_was_moved_is_told_and_one_that_leaks_halts(
        self, broker, venues, ledger, clock
    ):
        books = MemoryLedger(equity_mark(furnished(venues, clock)))
        watch = WatchBalance(ACCOUNT, clock, broker, books, broker)

        async def found():
            causes = []
            for _ in range(5):
                await venues.advance(seconds=30)
                causes += await watch(settings())
            return {(cause.reason, cause.detail) for cause in causes}

        await venues.advance(minutes=1)
        transfer(ledger, Decimal(-4_000))
        assert await found() == set()
        (notice,) = books.notices
        assert (notice.kind, notice.numbers["moved"]) == (NoticeKind.MONEY_OUT, 4_000)
        ledger.state.wallet -= 100
        assert await found() == {(Reason.BALANCE, "100.00")}

    # -- what is lost

    async def test_a_lost_reply_to_an_entry_is_unknown_until_the_venue_is_asked(
        self, broker, floor, ledger
    ):
        owned = Decimal(0)
        for number, kind in enumerate(LOST):
            order, done = entry(f"n{number}", "0.01"), kind.value.startswith("done")
            with floor.begin(kind, self.entry_at, 1) as accident, patience(broker, kind):
                outcome = await broker.place(order)
            refused = kind is Mishap.REJECTED and self.usual
            assert isinstance(outcome, Refused if refused else Unknown), kind
            assert len(accident.struck) == 1, kind
            owned += order.amount * done
            assert self.bought(ledger) == owned, kind
            state = await broker.find(order)
            assert (state and state.filled) == (order.amount if done else None), kind
            if not refused:
                again = await broker.place(order)
                assert again == (Placed if done else Unknown)(order.client_order_id), kind
                assert self.bought(ledger) == owned, kind

    async def test_a_lost_reply_to_a_stop_is_unknown_until_the_venue_is_asked(self, broker, floor):
        await broker.place(entry())
        for number, kind in enumerate(LOST):
            order, done = stop(f"n{number}"), kind.value.startswith("done")
            with floor.begin(kind, self.stop_at, 1) as accident, patience(broker, kind):
                outcome = await broker.place(order)
            refused = kind is Mishap.REJECTED and self.usual
            assert isinstance(outcome, Refused if refused else Unknown), kind
            assert accident.struck, kind
            state = await broker.find(order)
            assert (state and state.status) == (OrderStatus.OPEN if done else None), kind
            assert (order.client_order_id in await told(broker)) is done, kind
            await broker.cancel(order)

    async def test_only_a_known_code_is_a_refusal(self, broker, floor, ledger):
        for number, (code, believed) in enumerate(self.codes.items()):
            name = f"n{number}"
            with floor.begin(Mishap.REJECTED, self.entry_at, 1, refusal=Refusal(code, "words")):
                outcome = await broker.place(entry(name, "0.01"))
            assert type(outcome) is (Refused if believed else Unknown), code
            broker.wire.rests_until = 0
        assert self.bought(ledger) == 0

    async def test_a_failed_question_is_never_an_empty_answer(self, broker, floor, venues):
        for order in (entry(), stop(), bid()):
            await broker.place(order)
        until = broker.chronicle.clock.now() + timedelta(days=1)
        questions = {
            "account": broker.account,
            "positions": broker.account,
            "orders": broker.open_orders,
            "stops": broker.open_orders,
            "order": lambda: broker.find(bid()),
            "stop": lambda: broker.find(stop()),
            "fills": lambda: broker.activity(0, {BTC}),
            "payments": lambda: broker.activity(0, {BTC}),
            "transfers": lambda: broker.moved(broker.chronicle.clock.now(), until),
        }
        for kind, what in product(GARBLED, self.asked_at):
            venues.world.clock.now += 21_000
            accident = floor.begin(kind, self.asked_at[what])
            with accident, pytest.raises(BrokerUnavailable):
                await questions[what]()
            assert accident.struck, (kind, what)
            broker.wire.rests_until = 0
            await questions[what]()

    async def test_a_cancel_that_is_not_proven_is_said(self, broker, floor):
        for number, kind in enumerate((Mishap.GATEWAY, Mishap.NULL, Mishap.PAGE, Mishap.UNHEARD)):
            order = replace(bid(f"n{number}"), amount=Decimal("0.01"))
            await broker.place(order)
            with floor.begin(kind, self.cancel_at), pytest.raises(BrokerUnavailable):
                await broker.cancel(order)
            await broker.cancel(order)
            assert await told(broker) == {}
