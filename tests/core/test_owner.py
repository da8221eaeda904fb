"""Whose desk it is, and what its owner may set: never past two percent a month."""

import asyncio
from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.account import DeskAccount, Mode, Roster
from core.domain.ledger import Change
from core.domain.market import Timeframe
from core.domain.people import Absence, Approval, Colours, Language, Limits, Profile, Role
from core.domain.trade import TradeStatus
from core.domain.tuning import STANDARD, Tuning
from core.errors import NotEarned, NotPaper, SymbolBusy, UnknownSymbol
from core.owner import (
    PAPER_TRADES_FIRST,
    STEPS,
    ChangeSettings,
    PairOwner,
    newcomer,
    opening_settings,
    stepped,
)
from core.risk.profiles import LIMITS
from tests.builders import ACCOUNT, NOON, PERSON, SETTINGS, SYMBOL, Offer, plan, proposal, trade
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, frame

ETH, SOL = "ETH/USDT:USDT", "SOL/USDT:USDT"
NAMES = st.sampled_from(sorted(STEPS))
TAPS = st.lists(st.tuples(NAMES, st.sampled_from([-1, 1])), max_size=80)


class TestOpening:
    def test_a_new_account_is_balanced_and_asks(self):
        made = opening_settings((SYMBOL,), Timeframe.H1)

        assert (made.account, made.profile) == (ACCOUNT, Profile.BALANCED)
        assert made.limits == LIMITS[Profile.BALANCED]
        assert (made.approval, made.absence) == (Approval.ASK, Absence.WAIT)
        assert (made.symbols, made.timeframe) == ((SYMBOL,), Timeframe.H1)
        assert made.two_targets
        assert not made.paused
        assert opening_settings((), Timeframe.H1, Approval.SMALL).approval is Approval.SMALL


class TestSteps:
    @settings(max_examples=60)
    @given(st.sampled_from(list(Profile)), TAPS)
    def test_no_number_of_taps_leads_past_the_bounds(self, profile, taps):
        limits = LIMITS[profile]
        for name, direction in taps:
            limits = stepped(limits, name, direction)

        assert limits.month_loss <= Decimal("0.02")
        for name, _ in taps:
            assert STEPS[name].low <= getattr(limits, name) <= STEPS[name].high

    @pytest.mark.parametrize("name", sorted(STEPS))
    def test_a_tap_moves_one_limit_by_one_step(self, name):
        step = STEPS[name]
        between = replace(LIMITS[Profile.BALANCED], **{name: step.low + step.by})

        assert stepped(between, name, -1) == replace(between, **{name: step.low})
        assert getattr(stepped(between, name, 1), name) == step.low + 2 * step.by

    @pytest.mark.parametrize("name", sorted(STEPS))
    def test_at_a_bound_a_tap_changes_nothing(self, name):
        step = STEPS[name]
        lowest = replace(LIMITS[Profile.BALANCED], **{name: step.low})
        highest = replace(LIMITS[Profile.BALANCED], **{name: step.high})

        assert stepped(lowest, name, -1) == lowest
        assert stepped(highest, name, 1) == highest

    def test_every_limit_but_the_rests_can_be_stepped(self):
        rests = {"cool_down", "cool_down_two_stops"}

        assert set(STEPS) == {field.name for field in fields(Limits)} - rests
        with pytest.raises(KeyError):
            stepped(LIMITS[Profile.BOLD], "cool_down", 1)

    @pytest.mark.parametrize("profile", Profile)
    @pytest.mark.parametrize("name", sorted(STEPS))
    def test_every_profile_lies_within_the_bounds(self, profile, name):
        assert STEPS[name].low <= getattr(LIMITS[profile], name) <= STEPS[name].high


class Office:
    """Bitcoin and Ether are on the list; Solana could be."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = MemoryLedger(SETTINGS)
        market = FakeMarket(self.clock, dict.fromkeys((SYMBOL, ETH, SOL), frame([1.0])))
        choices = Offer((SYMBOL, ETH, SOL), (Timeframe.M15, Timeframe.H1))
        self.change = ChangeSettings(ACCOUNT, self.clock, self.ledger, market, choices)
        assert self.change.available == choices.symbols


@pytest.fixture
def office():
    return Office()


def done(number: int):
    return [
        trade(id=str(n), status=TradeStatus.CLOSED, closed_at=NOON + timedelta(hours=n))
        for n in range(number)
    ]


class TestSettings:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (
                lambda c: c.profile(Profile.BOLD),
                {"profile": Profile.BOLD, "limits": LIMITS[Profile.BOLD]},
            ),
            (lambda c: c.absence(Absence.SHADOW), {"absence": Absence.SHADOW}),
            (lambda c: c.timeframe(Timeframe.H1), {"timeframe": Timeframe.H1}),
            (lambda c: c.two_targets(False), {"two_targets": False}),
            (lambda c: c.approval(Approval.ASK), {"approval": Approval.ASK}),
            (lambda c: c.pause(), {"paused": True, "paused_at": NOON}),
            (
                lambda c: c.limit("leverage", -1),
                {"limits": replace(SETTINGS.limits, leverage=2)},
            ),
            (lambda c: c.small_below(Decimal(7)), {"small_below": Decimal("7.0012")}),
            (lambda c: c.small_below(Decimal(-7)), {"small_below": Decimal(5)}),
            (lambda c: c.toggle_symbol(SOL), {"symbols": (SYMBOL, ETH, SOL)}),
            (lambda c: c.toggle_symbol(SYMBOL), {"symbols": (ETH,)}),
        ],
    )
    async def test_a_change_is_written_and_nothing_else_changes(self, office, change, expected):
        made = await change(office.change)

        assert made == replace(SETTINGS, **expected)
        assert await office.change.read() == made

    async def test_whoever_goes_on_is_no_longer_paused(self, office):
        await office.change.pause()

        assert await office.change.resume() == SETTINGS


class TestAutopilot:
    @pytest.mark.parametrize("approval", [Approval.SMALL, Approval.AUTOPILOT])
    async def test_it_has_to_be_watched_for_twenty_trades_first(self, office, approval):
        await office.ledger.commit(*done(PAPER_TRADES_FIRST - 1))
        with pytest.raises(NotEarned) as raised:
            await office.change.approval(approval)

        assert raised.value.numbers == {"done": 19, "needed": 20}
        assert (await office.change.read()).approval is Approval.ASK

        await office.ledger.commit(*done(PAPER_TRADES_FIRST))
        assert (await office.change.approval(approval)).approval is approval


class TestSymbols:
    async def test_a_symbol_of_another_market_cannot_be_added(self, office):
        with pytest.raises(UnknownSymbol):
            await office.change.toggle_symbol("XRP/USDT:USDT")

    @pytest.mark.parametrize("busy", [proposal(), trade()], ids=["a card", "a position"])
    async def test_a_symbol_that_is_needed_stays(self, office, busy):
        await office.ledger.commit(busy)
        with pytest.raises(SymbolBusy) as raised:
            await office.change.toggle_symbol(SYMBOL)

        assert raised.value.numbers == {"symbol": "BTC"}
        assert (await office.change.toggle_symbol(ETH)).symbols == (SYMBOL,)

    async def test_what_is_over_keeps_no_symbol(self, office):
        await office.ledger.commit(
            proposal().reject(NOON), *done(1), proposal(id="b", plan=plan(symbol=ETH))
        )

        assert (await office.change.toggle_symbol(SYMBOL)).symbols == (ETH,)

    async def test_the_last_symbol_stays(self, office):
        await office.change.toggle_symbol(SYMBOL)
        with pytest.raises(SymbolBusy):
            await office.change.toggle_symbol(ETH)


class SlowLedger(MemoryLedger):
    """Lets somebody else go first before it writes."""

    async def commit(self, *changes: Change) -> None:
        await asyncio.sleep(0)
        await super().commit(*changes)


class TestPairing:
    @pytest.fixture
    def pair(self):
        return PairOwner(MemoryLedger(), "k7q2mnpq", Language.EN)

    async def test_the_first_with_the_code_is_the_owner(self, pair):
        somebody = replace(PERSON, role=Role.VIEWER)

        assert await pair(" k7q2mnpq\n", somebody)
        assert await pair.ledger.people() == (replace(PERSON, role=Role.OWNER),)

    @pytest.mark.parametrize("code", ["", "k7q2mnp", "K7Q2MNPQ", "k7q2mnpqq", "열려라"])
    async def test_another_code_opens_nothing_and_spoils_nothing(self, pair, code):
        assert not await pair(code, PERSON)
        assert await pair.ledger.people() == ()
        assert await pair("k7q2mnpq", PERSON)

    async def test_the_code_works_once(self, pair):
        assert await pair("k7q2mnpq", PERSON)
        assert not await pair("k7q2mnpq", replace(PERSON, id=7))
        assert len(await pair.ledger.people()) == 1

    async def test_whoever_comes_while_the_first_is_written_down_comes_too_late(self):
        pair = PairOwner(SlowLedger(), "k7q2mnpq", Language.EN)
        both = (pair("k7q2mnpq", PERSON), pair("k7q2mnpq", replace(PERSON, id=7)))

        assert await asyncio.gather(*both) == [True, False]

    async def test_a_desk_that_knows_somebody_is_taken(self, pair):
        await pair.ledger.commit(PERSON)

        assert not await pair("k7q2mnpq", replace(PERSON, id=7))


class TestPeople:
    @pytest.mark.parametrize(
        ("language", "zone", "colours"),
        [
            (Language.KO, "Asia/Seoul", Colours.RED_UP),
            (Language.EN, "UTC", Colours.GREEN_UP),
        ],
    )
    def test_a_language_brings_its_habits(self, language, zone, colours):
        made = newcomer(42, 43, "Mina", language)

        assert (made.id, made.chat, made.name, made.role) == (42, 43, "Mina", Role.OWNER)
        assert (made.language, made.timezone, made.colours) == (language, zone, colours)


MANY = Roster(
    (
        DeskAccount("paper", "binance", Mode.PAPER),
        DeskAccount("demo", "binance", Mode.DEMO),
        DeskAccount("bybit-2", "bybit", Mode.LIVE),
    )
)


class TestSeveralAccounts:
    """What accounts of one desk have in common, and what they do not."""

    @pytest.fixture
    def offices(self):
        clock, turn = FakeClock(), asyncio.Lock()
        ledger = MemoryLedger(*(replace(SETTINGS, account=name) for name in MANY.names))
        market = FakeMarket(clock, {SYMBOL: frame([1.0])})
        choices = Offer((SYMBOL,), (Timeframe.M15, Timeframe.H1))
        return {
            name: ChangeSettings(name, clock, ledger, market, choices, turn, MANY)
            for name in MANY.names
        }

    async def test_all_look_at_the_same_candles(self, offices):
        changed = await offices["bybit-2"].timeframe(Timeframe.M15)

        assert changed == replace(SETTINGS, account="bybit-2", timeframe=Timeframe.M15)
        for name, office in offices.items():
            assert await office.read() == replace(SETTINGS, account=name, timeframe=Timeframe.M15)

    async def test_a_limit_is_one_accounts_own(self, offices):
        await offices["bybit-2"].profile(Profile.CAUTIOUS)

        assert (await offices["paper"].read()).profile is SETTINGS.profile
        assert (await offices["bybit-2"].read()).profile is Profile.CAUTIOUS

    async def test_changing_the_candles_undoes_nobodys_pause(self, offices):
        await asyncio.gather(
            offices["paper"].pause(),
            offices["bybit-2"].timeframe(Timeframe.M15),
            offices["demo"].pause(),
        )

        assert (await offices["paper"].read()).paused
        assert (await offices["demo"].read()).paused
        assert (await offices["paper"].read()).timeframe is Timeframe.M15

    @pytest.mark.parametrize("where", ["paper", "demo", "bybit-2"])
    async def test_an_autopilot_is_earned_on_paper(self, offices, where):
        office = offices["bybit-2"]
        await office.ledger.commit(*(replace(t, account=where) for t in done(PAPER_TRADES_FIRST)))
        if where == "paper":
            assert (await office.approval(Approval.AUTOPILOT)).approval is Approval.AUTOPILOT
            return
        with pytest.raises(NotEarned):
            await office.approval(Approval.AUTOPILOT)

    async def test_found_numbers_are_for_paper_only(self, offices):
        with pytest.raises(NotPaper):
            await offices["demo"].tune(PERSON, Tuning(quorum=1), STANDARD)
        assert (await offices["paper"].tune(PERSON, Tuning(quorum=1), STANDARD)).tuning.quorum == 1

    @pytest.mark.parametrize("account", MANY.accounts)
    def test_money_begins_cautiously_and_asks(self, account):
        opening = opening_settings((SYMBOL,), Timeframe.H1, Approval.AUTOPILOT, account)

        assert opening.account == account.name
        is_live, is_paper = account.mode is Mode.LIVE, account.mode is Mode.PAPER
        assert (opening.profile is Profile.CAUTIOUS) is is_live
        assert (opening.approval is Approval.AUTOPILOT) is is_paper
        assert opening.limits == LIMITS[opening.profile]
