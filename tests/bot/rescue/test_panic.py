"""`python -m bot panic` against a fake Binance: the desk is dead, alive, or its ledger takes nothing."""

import asyncio
import io
import json
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.errors import WrongQuestion, WrongSetting
from bot.lock import hold
from bot.rescue import panic
from core.domain.intent import IntentStatus, Role
from core.domain.trade import Exit, TradeStatus
from core.execution.orders import intent_for
from tests.bot.rescue.scene import ACCOUNT, SYMBOL, held
from tests.core.broker_contract import bid
from tests.venues.certificates import authority
from tests.venues.faults import Reach
from tests.venues.trading.accidents import Mishap

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def keys(scene):
    await asyncio.to_thread(scene.has_keys)


@pytest.fixture
async def trade(scene, keys):
    return await scene.has_a_trade()


def make_read_only(file):
    """By the word in its own head, so that root is refused too."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        opened.seek(18)
        opened.write(b"\x03")


async def test_with_the_desk_dead_everything_of_its_own_is_closed_and_booked(scene, trade):
    code, lines = await scene.panics()
    assert (code, scene.position()) == (0, 0), lines
    assert await scene.waits() == []
    async with scene.ledger() as ledger:
        after = await ledger.trade(trade.id)
        assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.PANIC)
        assert (await ledger.settings(ACCOUNT)).paused
    assert lines[0] == "main · Binance main · LIVE: nothing of the desk's is left"
    assert lines[1].startswith("  closed: #K7Q2E7 BTC/USDT:USDT LONG -")


async def test_what_is_not_the_desks_is_named_and_stays(scene, trade):
    await scene.buys_by_hand("0.2")
    await scene.buys_by_hand("0.05", SYMBOL, "more")
    code, lines = await scene.panics()
    assert (scene.position("ETHUSDT"), scene.position()) == (Decimal("0.2"), Decimal("0.05"))
    assert code == 0
    assert "  not the desk's, untouched: ETH/USDT:USDT LONG 0.200" in lines
    assert "  not the desk's, untouched: BTC/USDT:USDT LONG 0.050" in lines


async def test_a_desk_that_runs_holds_nobody_up(scene, trade):
    with hold(scene.folder, scene.clock):
        code, _ = await scene.panics()
    assert (code, scene.position()) == (0, 0)


@pytest.mark.parametrize("trouble", ["read-only", "locked"])
async def test_a_ledger_that_takes_nothing_keeps_no_position_open(scene, trade, trouble):
    with closing(sqlite3.connect(scene.file, check_same_thread=False)) as other:
        if trouble == "locked":
            other.execute("BEGIN IMMEDIATE")
        else:
            make_read_only(scene.file)
        code, lines = await scene.panics()
    assert (code, scene.position()) == (0, 0), lines
    assert await scene.waits() == []
    assert "  closed: #K7Q2E7 BTC/USDT:USDT LONG" in lines
    assert any("the ledger took nothing" in line for line in lines)


@pytest.mark.parametrize("killed", [True, False])
async def test_a_folder_that_cannot_be_written_to_is_read_as_it_lies(
    scene, trade, monkeypatch, killed
):
    """Where SQLite cannot make its own files beside the ledger, it opens none. A desk that was
    killed has left a part of it in one of them.
    """
    opens = sqlite3.connect

    def refused(path, *more, **options):
        if str(path).startswith(str(scene.folder)):
            raise sqlite3.OperationalError("unable to open database file")
        return opens(path, *more, **options)

    async with scene.ledger() as ledger:
        await ledger.commit(replace(trade, revision=7))
        whole = [(f, f.read_bytes()) for f in scene.folder.iterdir()] if killed else []
    for file, content in whole:
        file.write_bytes(content)
    monkeypatch.setattr("aiosqlite.core.sqlite3.connect", refused)
    code, lines = await scene.panics()
    monkeypatch.undo()
    assert (code, scene.position()) == (0, 0), lines
    assert any("the ledger took nothing" in line for line in lines)


async def test_an_entry_that_waits_is_taken_back(scene, keys):
    trade = held(scene.clock, status=TradeStatus.OPENING, remaining=Decimal(0), amount=Decimal(0))
    order = replace(bid(f"{trade.id}e1"), symbol=SYMBOL)
    async with scene.broker() as broker:
        await broker.place(order)
    sent = intent_for(trade, Role.ENTRY, order, scene.clock.now())
    accepted = replace(sent, status=IntentStatus.ACCEPTED, sent_at=scene.clock.now())
    await scene.knows(trade, accepted)
    code, lines = await scene.panics()
    assert (code, await scene.waits()) == (0, []), lines
    async with scene.ledger() as ledger:
        assert (await ledger.trade(trade.id)).status is TradeStatus.VOID


async def test_what_cannot_be_sold_is_said_and_its_stop_stays(scene, trade):
    with scene.floor.begin(Mishap.REJECTED, "POST /fapi/v1/order?"):
        code, lines = await scene.panics()
    assert code == 1
    assert lines[0].endswith("NOT PROVEN FLAT")
    assert "  STILL OPEN: BTC/USDT:USDT. Look at the exchange" in lines
    assert f"{trade.id}s1" in await scene.waits()


async def test_a_venue_that_is_away_leaves_word_for_the_next_desk(scene, trade):
    with scene.venues["binance"].faults.begin(Reach.REFUSED):
        code, lines = await scene.panics()
    assert code == 1
    assert any(line.startswith("  could not go further: ") for line in lines)
    async with scene.ledger() as ledger:
        assert (await ledger.settings(ACCOUNT)).paused
        assert (await ledger.trade(trade.id)).ending is Exit.PANIC


async def test_without_keys_it_pauses_and_says_in_one_sentence_what_is_missing(scene):
    await scene.knows(held(scene.clock))
    code, lines = await scene.panics()
    assert code == 1
    assert lines[0] == "The keys cannot be had: there is no vault yet: python -m bot keys init"
    assert any("python -m bot keys add binance --account main" in line for line in lines)
    async with scene.ledger() as ledger:
        assert (await ledger.settings(ACCOUNT)).paused


async def test_a_ledger_that_is_not_there_is_said_and_not_made(scene):
    scene.file.unlink()
    with pytest.raises(WrongSetting, match=r"there is no ledger at .*desk\.sqlite3"):
        await scene.panics()
    assert not scene.file.exists()


async def test_an_account_that_nobody_has_is_not_taken_for_all_of_them(scene):
    with pytest.raises(WrongQuestion, match="there is main"):
        await scene.panics("--account", "other")


class Terminal(io.StringIO):
    def isatty(self):
        return True


async def test_it_asks_once_and_a_no_does_nothing(scene, trade, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    assert panic.main(["--language", "en"]) == 1
    assert capsys.readouterr().out.startswith("Panic: pause main")
    assert scene.position() == Decimal("0.1")


async def test_without_a_terminal_it_wants_the_word(scene, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(WrongQuestion, match="--yes"):
        panic.main([])


async def test_an_account_in_which_no_desk_has_been_holds_nothing_of_a_desks(scene, monkeypatch):
    monkeypatch.setenv("ACCOUNTS", "paper, other=binance:live")
    code, lines = await scene.panics()
    assert code == 0
    assert [line for line in lines if "nothing of the desk's is left" in line] == [
        "other · Binance other · LIVE: nothing of the desk's is left",
        "paper · paper · PAPER: nothing of the desk's is left",
    ]


FULL = """
import json, os, resource, ssl, sys
from bot.rescue import panic
from tests.bot.rescue.far import FarClock
from tests.venues.loopback import session_to

port, hosts, now = json.loads(os.environ["FAKES"])
trusting = ssl.create_default_context(cafile=os.environ["FAKE_CA"])


def adjust(client):
    client.session = session_to(port, hosts, trusting)
    client.ssl_context, client.timeout_on_exit = trusting, 0
    client.milliseconds = lambda: now


import signal
import ccxt.pro

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
sys.exit(panic.main(["--yes", "--language", "en"], panic.Means(clock=FarClock(now), adjust=adjust)))
"""


@pytest.mark.nightly
async def test_a_process_of_its_own_on_a_full_disk_sells_all_the_same(scene, trade, home):
    """Every byte that it writes to a file is refused by the system itself."""
    authority().cert_pem.write_to_path(home / "ca.pem")
    fakes = [scene.venues.port, list(scene.venues.hosts), scene.venues.world.clock()]
    told = {
        **{name: os.environ[name] for name in ("ACCOUNTS", "LIVE_MONEY", "HOME")},
        "PYTHONPATH": str(ROOT),
        "FAKES": json.dumps(fakes),
        "FAKE_CA": str(home / "ca.pem"),
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-B", "-c", FULL, cwd=home, env=told,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await child.communicate()
    assert (child.returncode, scene.position()) == (0, 0), (out, err)
    assert b"the ledger took nothing" in out
    assert trade.id.upper().encode() in out
