"""`python -m bot status`: what the ledger knows, what the venues show, and nothing is changed."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.accounts.noting import Sure
from bot.lock import hold
from bot.rescue import status
from bot.rescue.holder import holder_of
from bot.storage.codec import encode
from bot.storage.lease import Lease
from bot.storage.notes import SqlNotes
from core.domain.intent import IntentStatus, Role
from core.domain.ledger import EquityMark
from core.domain.restraint import Cause, Reason
from core.execution.orders import close_order, intent_for
from tests.bot.rescue.scene import ACCOUNT, held
from tests.builders import settings
from tests.venues.faults import Reach

ROOT = Path(__file__).parents[3]
WORTH = Decimal(9_988)


async def looks(scene, *words):
    run = partial(status.main, [*words, "--language", "en"], scene.clock, scene.adjust)
    code = await asyncio.to_thread(run)
    return code, scene.capsys.readouterr().out


async def lived(scene):
    """A desk that has halted, with a position and a close under way."""
    now, trade = scene.clock.now(), held(scene.clock)
    halted = replace(settings(account=ACCOUNT), causes=(Cause(Reason.BALANCE, now, "-12"),))
    close = intent_for(trade, Role.CLOSE, close_order(trade, "k7q2e7c1", trade.remaining), now)
    sending = replace(close, status=IntentStatus.SENDING, sent_at=now)
    await scene.knows(halted, trade, sending, EquityMark(ACCOUNT, now, WORTH, WORTH))
    return trade


async def test_everything_that_the_ledger_knows_is_told(scene):
    trade = await lived(scene)
    at = scene.clock.now()
    async with scene.ledger() as ledger:
        sure = Sure(at, at, {trade.id: at})
        await SqlNotes(ledger.database).put(f"sure {ACCOUNT}", encode(sure))
        await Lease(ledger.database, ACCOUNT, "box.1234:desk").acquire()
    with hold(scene.folder, scene.clock):
        code, told = await looks(scene)
    assert code == 0
    assert f"A desk is running: process {os.getpid()} on" in told
    for line in (
        "main · Binance main · LIVE: HALTED until somebody looks into it",
        "  since 2026-01-01 12:00:00 UTC: money is missing that no trade, fee, funding or",
        "  equity 9,988.00 USDT at 2026-01-01 12:00:00 UTC",
        "  agreed with the exchange at 2026-01-01 12:00:00 UTC",
        "  looked after by box.1234",
        "  #K7Q2E7 BTC/USDT:USDT LONG 0.1 · stop 45,000 · confirmed by the exchange at 2026-01-01",
        "  under way: k7q2e7c1 (sending)",
    ):
        assert line in told


async def test_a_stop_that_nobody_has_seen_is_not_called_confirmed(scene):
    await lived(scene)
    _, told = await looks(scene)
    assert "STOP NOT CONFIRMED" in told
    assert "No desk has run in this folder" in told
    assert "never held against the exchange" in told


async def test_the_venue_is_asked_when_that_is_wanted(scene):
    await asyncio.to_thread(scene.has_keys)
    trade = await scene.has_a_trade()
    await scene.buys_by_hand("0.2")
    code, told = await looks(scene, "--venue", "--json")
    (account,) = json.loads(told)["accounts"]
    assert code == 0
    assert account["at_venue"]["positions"] == {
        "BTC/USDT:USDT": "0.100",
        "ETH/USDT:USDT": "0.200",
    }
    (position,) = account["positions"]
    assert (position["id"], position["stop_at_venue"]) == (trade.id, "0.100")
    assert position["stop_confirmed_at"] == scene.clock.now().isoformat()


async def test_a_venue_that_is_silent_does_not_hide_what_the_ledger_knows(scene):
    await asyncio.to_thread(scene.has_keys)
    await lived(scene)
    with scene.venues["binance"].faults.begin(Reach.REFUSED):
        code, told = await looks(scene, "--venue")
    assert code == 1
    assert "the exchange could not be asked" in told
    assert "#K7Q2E7" in told


async def test_looking_changes_nothing(scene):
    await lived(scene)
    before = scene.file.read_bytes()
    await looks(scene)
    assert scene.file.read_bytes() == before


def test_a_process_of_its_own_answers_without_telegram_models_or_a_venue(home):
    told = {"PYTHONPATH": str(ROOT), "HOME": str(home), "LANGUAGE": "ko", "PATH": os.defpath}
    words = [sys.executable, "-X", "importtime", "-m", "bot", "status", "--json"]
    done = subprocess.run(words, cwd=home, env=told, capture_output=True, text=True, check=True)
    (account,) = json.loads(done.stdout)["accounts"]
    assert (account["name"], account["state"]) == ("paper", None)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bot.rescue.looking" in loaded
    assert loaded.isdisjoint({"aiogram", "apscheduler", "ccxt", "openai", "anthropic"})


def test_a_lock_of_a_process_that_has_ended_is_nobodys(tmp_path, scene_clock):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with hold(tmp_path, scene_clock):
        pass
    file = tmp_path / "desk.lock"
    words = file.read_text().replace(f"process {os.getpid()} ", f"process {ended.pid} ")
    file.write_text(words)
    assert holder_of(tmp_path).lives is False
    file.write_text(words.replace(" on ", " on elsewhere-"))
    assert holder_of(tmp_path).lives is None
    assert holder_of(tmp_path / "nowhere") is None
