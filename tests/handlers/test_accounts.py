"""Several accounts in one chat: whose money it is stands first, and a tap acts where its card is."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.accounts.post import Abroad
from bot.accounts.posts import Posts
from core.domain.market import Timeframe
from core.domain.people import Approval, Language, Profile
from core.domain.restraint import Reason
from core.domain.trade import Exit
from core.engine import FormDecisions
from core.owner import ACCOUNT
from tests.bot.accounts.far import LIVE, THREE, Far
from tests.handlers.town import Plan
from tests.phone import rows

ROUND = ("watch", "watch binance-main", "watch bybit-2")
MARKS = ("mark", "mark binance-main", "mark bybit-2")


NOTE = (
    "Tap the one you mean. Commands, cards and reports are about the account that stands first in "
    "each message; /panic is about all of them."
)


@pytest.fixture
def far():
    return Far()


@pytest.fixture
async def town(founded, far):
    async with founded(Plan(roster=THREE, abroad=Abroad(far, {}))) as town:
        far.clock = town.clock
        await town.works(*ROUND, *MARKS)
        yield town


async def choose(phone, label):
    await phone.says("/account")
    return await phone.taps(label)


def heading(message):
    return message["text"].splitlines()[0]


def gone(post):
    """The owner has taken bybit-2 off the list."""
    return None if post and post.name == "bybit-2" else post


async def held(town, account):
    return await town.ledger.live_trades(account)


class TestWhichOneIsMeant:
    async def test_all_accounts_are_listed_with_whose_money_how_much_and_how_they_are(
        self, town, phone
    ):
        await phone.says("/account")
        assert phone.messages[-1]["text"].splitlines() == [
            "PAPER · synthetic data",
            "Accounts",
            "• PAPER · 10,000.00 USDT (01-07 12:00) · trading",
            "• DEMO · Binance main · 5,000.00 USDT (01-07 12:00) · trading",
            "• LIVE · Bybit 2 · 5,000.00 USDT (01-07 12:00) · trading",
            NOTE,
        ]
        assert rows(phone.messages[-1]) == [
            ["✓ PAPER"],
            ["DEMO · Binance main"],
            ["LIVE · Bybit 2"],
        ]

    async def test_a_tap_chooses_and_every_message_says_so_first(self, town, phone):
        assert await choose(phone, "LIVE · Bybit 2") == "From now on: LIVE · Bybit 2"
        assert heading(phone.messages[-1]) == "LIVE · Bybit 2 · synthetic data"
        assert rows(phone.messages[-1])[2] == ["✓ LIVE · Bybit 2"]
        for words in ("/status", "/positions", "/report", "/settings", "/help", "/balance", "hm"):
            await phone.says(words)
            assert heading(phone.messages[-1]) == "LIVE · Bybit 2 · synthetic data", words
        await phone.says("/status")
        assert phone.hears("5,000.00 USDT")

    async def test_the_choice_outlives_the_process(self, founded, far, tmp_path):
        plan = Plan(roster=THREE, abroad=Abroad(far, {}))
        async with founded(plan, tmp_path) as town:
            phone = town.phone()
            await phone.says("/start")
            await choose(phone, "DEMO · Binance main")
        async with founded(plan, tmp_path) as town:
            phone = town.phone()
            await phone.says("/settings")
            assert phone.hears("DEMO · Binance main · synthetic data")

    async def test_an_account_that_is_gone_leaves_the_desks_own(self, founded, far, tmp_path):
        async with founded(Plan(roster=THREE, abroad=Abroad(far, {})), tmp_path) as town:
            phone = town.phone()
            await phone.says("/start")
            await choose(phone, "DEMO · Binance main")
        async with founded(Plan(), tmp_path) as town:
            phone = town.phone()
            await phone.says("/status")
            assert phone.hears("PAPER · synthetic data")
            assert not phone.hears("DEMO")

    async def test_in_korean_too(self, founded, far):
        plan = Plan(language=Language.KO, roster=THREE, abroad=Abroad(far, {}))
        async with founded(plan) as town:
            far.clock = town.clock
            await town.works(*ROUND)
            phone = town.phone()
            await phone.says("/start")
            assert (
                await choose(phone, "실거래 · Bybit 2") == "이제부터 실거래 · Bybit 2 계정입니다"
            )
            await phone.says("/status")
            assert heading(phone.messages[-1]).startswith("실거래 · Bybit 2 · ")

    async def test_one_without_a_key_is_named_and_cannot_be_chosen(self, founded):
        async with founded(Plan(shut=(LIVE,))) as town:
            phone = town.phone()
            await phone.says("/account")
            assert phone.hears(
                "• LIVE · Bybit 2 · no key, stays out: keys add bybit --account bybit-2"
            )
            assert rows(phone.messages[-1]) == [["✓ PAPER"]]


class TestWhereATapActs:
    async def test_a_card_is_answered_in_its_own_account_whatever_is_meant_now(self, town, phone):
        await choose(phone, "LIVE · Bybit 2")
        await town.offers(phone)
        card = phone.with_button("✅")
        assert heading(card).startswith("LIVE · Bybit 2 · synthetic data · #")
        await choose(phone, "PAPER")
        await phone.taps("✅", on=card)
        assert await held(town, ACCOUNT) == ()
        assert await held(town, "binance-main") == ()
        (trade,) = await held(town, "bybit-2")
        assert trade.plan.equity == 5_000
        assert len((await town.desk.posts.find("bybit-2").venue.broker.account()).positions) == 1

    async def test_settings_change_where_the_screen_says(self, town, phone):
        await choose(phone, "LIVE · Bybit 2")
        await phone.says("/settings")
        screen = phone.messages[-1]
        await choose(phone, "PAPER")
        await phone.taps("bold", on=screen)
        profiles = [(await town.ledger.settings(name)).profile for name in THREE.names]
        assert profiles == [Profile.BALANCED, Profile.BALANCED, Profile.BOLD]

    async def test_the_candles_are_everybodys_and_whoever_changes_them_is_told(self, town, phone):
        await choose(phone, "LIVE · Bybit 2")
        await phone.says("/settings")
        await phone.taps("Symbols")
        said = await phone.taps("4h")
        assert said == "Saved for all accounts: they look at the same candles."
        frames = {(await town.ledger.settings(name)).timeframe for name in THREE.names}
        assert frames == {Timeframe.H4}

    async def test_a_pause_is_one_accounts_own(self, town, phone):
        await choose(phone, "DEMO · Binance main")
        await phone.says("/pause")
        paused = [(await town.ledger.settings(name)).paused for name in THREE.names]
        assert paused == [False, True, False]

    async def test_a_button_of_an_account_that_is_gone_acts_nowhere(
        self, town, phone, monkeypatch
    ):
        await choose(phone, "LIVE · Bybit 2")
        await phone.says("/settings")
        screen = phone.messages[-1]
        await choose(phone, "PAPER")
        find = Posts.find
        monkeypatch.setattr(Posts, "find", lambda posts, name: gone(find(posts, name)))
        assert await phone.taps("bold", on=screen) == "This is over, or I never knew it."
        profiles = {(await town.ledger.settings(name)).profile for name in THREE.names}
        assert Profile.BOLD not in profiles

    async def test_one_position_card_lives_for_each_account(self, town, phone):
        await town.holds(phone)
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        await town.lives()
        await phone.look()
        cards = [m for m in phone.messages if "closing now gives" in m["text"]]
        live = [m for m in cards if "LIVE · Bybit 2 · synthetic data · #" in m["text"]]
        paper = [m for m in cards if "PAPER · synthetic data · #" in m["text"]]
        assert (len(live), len(paper)) == (1, 1)
        assert all("open 1h" in m["text"] for m in cards)


class TestMoney:
    async def test_whoever_says_hello_is_told_whether_money_is_real(self, town, phone):
        assert phone.sees("This is paper money.")
        await choose(phone, "DEMO · Binance main")
        await phone.says("/start")
        assert phone.hears("This is the exchange's demo")
        await choose(phone, "LIVE · Bybit 2")
        await phone.says("/start")
        assert phone.hears("This is real money.")
        assert not phone.hears("paper money")

    async def test_money_begins_cautiously_and_asks(self, town):
        live, demo, paper = [
            await town.ledger.settings(name) for name in ("bybit-2", "binance-main", ACCOUNT)
        ]
        assert (live.profile, live.approval) == (Profile.CAUTIOUS, Approval.ASK)
        assert demo.profile is paper.profile is Profile.BALANCED

    async def test_its_autopilot_has_to_be_earned_on_paper(self, town, phone):
        await choose(phone, "LIVE · Bybit 2")
        await phone.says("/settings")
        await phone.taps("Approval")
        assert "paper" in await phone.taps("autopilot for small trades")
        assert (await town.ledger.settings("bybit-2")).approval is Approval.ASK


class TestTheOthers:
    async def test_an_account_with_something_open_is_named_beside_another(self, town, phone):
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        await choose(phone, "PAPER")
        for words in ("/start", "/status", "/positions", "/report"):
            await phone.says(words)
            assert phone.lines[-1] == "Other accounts: LIVE · Bybit 2 (1 open)", words
        await choose(phone, "LIVE · Bybit 2")
        await phone.says("/status")
        assert not phone.hears("Other accounts")

    async def test_beside_a_living_card_they_have_a_message_of_their_own(self, town, phone):
        await town.holds(phone)
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        await phone.says("/positions")
        card, line = phone.new
        assert "closing now gives" in card["text"]
        assert line["text"].splitlines() == [
            "LIVE · Bybit 2 · synthetic data",
            "Other accounts: PAPER (1 open)",
        ]

    async def test_where_all_is_quiet_nobody_is_named(self, town, phone):
        await phone.says("/status")
        assert not phone.hears("Other accounts")


class TestAVenueThatIsAway:
    async def test_down_at_the_start_it_is_asked_again_and_the_others_trade(self, founded, far):
        far.down = {"bybit-2"}
        async with founded(Plan(roster=THREE, abroad=Abroad(far, {}))) as town:
            far.clock = town.clock
            await town.works(*ROUND)
            phone = town.phone()
            await phone.says("/start")
            await town.holds(phone)
            assert len(await held(town, ACCOUNT)) == 1
            await choose(phone, "LIVE · Bybit 2")
            assert "no answer" not in phone.text
            assert phone.sees("LIVE · Bybit 2 · the exchange has not answered since 01-07 12:00")
            await phone.says("/status")
            assert phone.hears("The exchange does not answer about the account.")
            far.down = set()
            await town.waits(minutes=2)
            await town.works(*ROUND)
            await phone.says("/status")
            assert phone.hears("5,000.00 USDT")
        assert far.brokers["bybit-2"].is_closed

    async def test_away_later_it_is_told_once_and_only_its_own_account_rests(
        self, town, phone, far
    ):
        far.brokers["bybit-2"].is_away = True
        for _ in range(4):
            await town.works(*ROUND)
            await town.waits(seconds=20)
        await phone.look()
        told = [m for m in phone.messages if "does not answer about this account" in m["text"]]
        assert [heading(m) for m in told] == ["LIVE · Bybit 2 · synthetic data"]
        await town.holds(phone)
        assert len(await held(town, ACCOUNT)) == 1
        far.brokers["bybit-2"].is_away = False
        await town.works(*ROUND)
        await town.flushes()
        await phone.look()
        assert phone.sees("The exchange answers about this account again")

    async def test_what_it_holds_is_shown_all_the_same(self, town, phone, far):
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        far.brokers["bybit-2"].is_away = True
        await town.works(*ROUND)
        await phone.says("/positions")
        assert phone.hears("LIVE · Bybit 2 · synthetic data · #")
        assert phone.hears("closing now gives")

    async def test_its_closes_break_nothing_for_the_others(self, town, phone, far):
        far.brokers["bybit-2"].is_away = True
        before = len(await town.ledger.equity_marks(ACCOUNT))
        await town.lives(2)
        await phone.look()
        assert len(await town.ledger.equity_marks(ACCOUNT)) == before + 2
        assert not phone.sees("failed at")


class TestMoneyFromOutside:
    async def guarded(self, town, account="bybit-2"):
        for _ in range(5):
            town.clock.advance_to(town.clock.now() + timedelta(seconds=30))
            await town.desk.posts.find(account).guard()
        await town.flushes()

    async def test_a_withdrawal_is_told_once_and_costs_nobody_his_limits(self, town, far, phone):
        far.brokers["bybit-2"].by_hand.append((town.clock.now(), Decimal(-1_200)))
        await self.guarded(town)
        await self.guarded(town)
        await phone.look()
        (told,) = [m for m in phone.messages if "moved out" in m["text"]]
        assert heading(told) == "LIVE · Bybit 2 · synthetic data"
        assert "1,200.00 USDT moved out" in told["text"]
        await town.works(*ROUND)
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        assert len(await held(town, "bybit-2")) == 1
        settings = await town.ledger.settings("bybit-2")
        assert settings.causes == ()

    async def test_money_that_is_gone_and_was_not_moved_halts_its_account_only(
        self, town, far, phone
    ):
        far.brokers["bybit-2"].stolen = Decimal(1_200)
        await self.guarded(town)
        await phone.look()
        assert phone.sees("money is missing")
        reasons = {cause.reason for cause in (await town.ledger.settings("bybit-2")).halts}
        assert reasons == {Reason.BALANCE}
        assert (await town.settings()).causes == ()


class TestPanic:
    async def test_it_means_every_account_and_each_says_what_was_done(self, town, phone):
        await town.holds(phone)
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        await choose(phone, "PAPER")
        await phone.says("/panic")
        assert await held(town, ACCOUNT) == await held(town, "bybit-2") == ()
        assert {heading(m) for m in phone.new if "All flat" in m["text"]} == {
            "PAPER · synthetic data",
            "DEMO · Binance main · synthetic data",
            "LIVE · Bybit 2 · synthetic data",
        }
        for account in ("bybit-2", ACCOUNT):
            (trade,) = await town.ledger.closed_trades(account)
            assert trade.exit is Exit.PANIC
        assert all([(await town.ledger.settings(name)).paused for name in THREE.names])

    async def test_resume_under_its_notice_resumes_that_account(self, town, phone):
        await phone.says("/panic")
        notice = next(m for m in phone.new if m["text"].startswith("LIVE · Bybit 2"))
        await phone.taps("Resume", on=notice)
        paused = [(await town.ledger.settings(name)).paused for name in THREE.names]
        assert paused == [True, True, False]

    async def test_a_venue_that_hangs_keeps_no_other_account_open(self, town, phone, far):
        await town.holds(phone)
        far.brokers["bybit-2"].answers.clear()
        await phone.says("/panic", waits=False)
        async with asyncio.timeout(5):
            while await held(town, ACCOUNT):  # noqa: ASYNC110 - the ledger tells nobody
                await asyncio.sleep(0.01)
        assert (await town.ledger.settings("bybit-2")).paused
        far.brokers["bybit-2"].answers.set()
        await town.traffic.settled()

    async def test_a_venue_that_is_away_is_said_and_done_again_when_it_is_back(
        self, town, phone, far
    ):
        await choose(phone, "LIVE · Bybit 2")
        await town.holds(phone)
        far.brokers["bybit-2"].is_away = True
        await phone.says("/panic")
        assert phone.hears("BTC/USDT:USDT")
        assert len(await held(town, "bybit-2")) == 1
        far.brokers["bybit-2"].is_away = False
        for _ in range(4):
            await town.works(*ROUND)
            await town.waits(seconds=20)
        assert await held(town, "bybit-2") == ()


async def test_opinions_are_formed_once_and_cards_made_for_each(town, phone, monkeypatch):
    asked, formed = [], FormDecisions.__call__

    async def counted(form, symbols, timeframe, tuning):
        decisions = await formed(form, symbols, timeframe, tuning)
        asked.append({made.id for made in decisions})
        return decisions

    monkeypatch.setattr(FormDecisions, "__call__", counted)
    await town.lives(12)
    cards = {name: await town.ledger.proposals(name) for name in THREE.names}
    assert len(asked) == 12
    assert all(cards.values())
    for made in cards.values():
        assert {card.candidate.decision_id for card in made} <= set().union(*asked)


async def test_jobs_of_each_account_have_names_of_their_own(town):
    names = [job.name for job in town.desk.jobs]
    assert len(names) == len(set(names))
    assert {"watch", "watch binance-main", "watch bybit-2"} < set(names)
    assert [name for name in names if name.startswith("form")] == ["form"]
