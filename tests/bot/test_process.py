"""From the command line to a running desk, and back: once more after a restart."""

import asyncio
import io
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest

import bot.__main__ as program
from bot.command_line import read_command
from bot.demo.desk import PERSON, TOKEN
from bot.errors import Stop
from bot.news.errors import Failed
from bot.news.feeling import INDEX
from bot.news.sources import FEEDS
from bot.process import Seat, sit
from bot.settings import Settings, database_url, load_settings
from bot.vault.command import main as keys
from core.domain.people import Language
from core.owner import newcomer
from tests.bot.vault.locks import QUICK
from tests.handlers.haste import hurry
from tests.handlers.markets import HOUR
from tests.handlers.telegram import Weather, telegram
from tests.handlers.town import USUAL, Plan, living


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    hurry(monkeypatch)
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def founded(tmp_path):
    weather = Weather()
    return SimpleNamespace(
        weather=weather,
        telegram=lambda: telegram(weather),
        opens=lambda url, plan=USUAL: living(url, weather, tmp_path, plan),
    )


def leaves(monkeypatch, words):
    """The exit code of `python -m bot` with these words."""
    monkeypatch.setattr(sys, "argv", ["bot", *words.split()])
    return program.main()


@pytest.mark.parametrize(
    ("words", "name", "value", "says"),
    [
        ("run", "OWNER_ID", "1", "TELEGRAM_TOKEN: get one from @BotFather"),
        ("demo", "EQUITY", "none", "EQUITY: "),
        ("demo --no-open --symbols FOO", "EQUITY", "1", "FOO/USDT:USDT"),
        ("demo --no-open --candles nowhere", "EQUITY", "1", "nowhere"),
        ("demo --no-open --host 256.1.1.1", "EQUITY", "1", "cannot listen on 256.1.1.1:8080"),
        ("run", "DATABASE_URL", "mysql://there", "DATABASE_URL"),
    ],
)
def test_what_stops_the_start_is_one_sentence_and_a_two(
    monkeypatch, capsys, words, name, value, says
):
    monkeypatch.setenv(name, value)
    if name == "DATABASE_URL":
        monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert leaves(monkeypatch, words) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert says in said[-1]
    assert "Traceback" not in "\n".join(said)


def test_a_port_that_is_taken_is_one_sentence(monkeypatch, capsys):
    async def taken():
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            return await asyncio.to_thread(leaves, monkeypatch, f"demo --no-open --port {port}")

    assert asyncio.run(taken()) == 2
    assert "cannot listen on 127.0.0.1:" in capsys.readouterr().err


def test_a_database_is_a_file_in_the_folder_unless_one_is_named(tmp_path):
    assert database_url("", tmp_path) == f"sqlite+aiosqlite:///{tmp_path}/desk.sqlite3"
    assert database_url("postgresql://there/desk", tmp_path) == "postgresql://there/desk"


async def test_the_demo_runs_from_its_options_to_its_first_answer(tmp_path):
    asked = read_command(["demo", "--speed", "0", "--symbols", "BTC", "--language", "en"])
    weather = Weather()
    async with telegram(weather) as url:
        seat = Seat(
            token="100200300:in-a-test",
            api_url=url,
            owner=newcomer(PERSON, PERSON, "You", Language.EN),
            speed=0.0,
            language=Language.EN,
            folder=tmp_path,
            url="",
            krw=None,
            paced=False,
            ready=lambda: None,
        )
        life = asyncio.ensure_future(sit(seat, asked, load_settings()))
        async with asyncio.timeout(10):
            while weather.calls.count("setmycommands") < 3:
                assert not life.done(), life.result()
                await asyncio.sleep(0.01)
        life.cancel()
        await asyncio.wait([life])
    assert weather.calls.count("setmycommands") == 3


async def test_a_desk_on_real_time_asks_for_news_at_once(tmp_path, monkeypatch):
    asked = []

    async def fetch(address, _headers):
        asked.append(address)
        raise Failed("there is no network here")

    monkeypatch.setattr("bot.news.desk.Fetch", lambda _clock: fetch)
    async with telegram(Weather()) as url:
        seat = Seat(
            token="100200300:in-a-test",
            api_url=url,
            owner=newcomer(PERSON, PERSON, "You", Language.EN),
            speed=None,
            language=Language.EN,
            folder=tmp_path,
            url="",
            krw=None,
            paced=False,
            ready=lambda: None,
        )
        life = asyncio.ensure_future(sit(seat, read_command(["run"]), load_settings()))
        async with asyncio.timeout(20):
            while INDEX not in asked:
                assert not life.done(), life.result()
                await asyncio.sleep(0.01)
        life.cancel()
        await asyncio.wait([life])
    assert set(asked) == {feed.address for feed in FEEDS} | {INDEX}


async def test_models_have_their_keys_from_the_vault(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("VENUE", "synthetic")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "keys" / "master.key"))
    seat = Seat(
        token="100200300:in-a-test",
        api_url="http://127.0.0.1:9",
        owner=newcomer(PERSON, PERSON, "You", Language.EN),
        speed=None,
        language=Language.EN,
        folder=tmp_path / "data",
        url="",
        krw=None,
        paced=False,
        ready=lambda: None,
    )
    wired = []

    def assemble(wiring, *_):
        wired.append(wiring)
        raise Stop("far enough")

    async def starts():
        with pytest.raises(Stop, match="far enough"):
            await sit(seat, read_command(["run"]), load_settings())
        return wired.pop().team

    async def types(words, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        await asyncio.to_thread(keys, words.split(), QUICK)

    monkeypatch.setattr("bot.process.assemble", assemble)
    assert await starts() is None
    assert "the rules trade alone" in caplog.text
    await types("init")
    await types("add openai", "sk-riddle-from-the-vault\n")
    team = await starts()
    assert list(team.access) == ["openai"]
    assert team.access["openai"].key.get_secret_value() == "sk-riddle-from-the-vault"
    (tmp_path / "keys" / "master.key").unlink()
    assert await starts() is None
    assert "the keys in the vault are not used" in caplog.text
    assert "riddle" not in caplog.text


async def test_after_a_restart_everything_that_waited_waits_again(founded):
    async with founded.telegram() as url:
        async with founded.opens(url) as town:
            phone = town.phone()
            await phone.says("/start")
            await town.holds(phone)
            await town.offers(phone, "ETH")
            (before,) = await town.open_trades()
            card = phone.with_button("✅ Approve")
        async with founded.opens(url) as town:
            phone = town.phone()
            await phone.says("/status")
            assert phone.sees("Back at 01-07 12:00. 1 positions, 0 proposals expired meanwhile.")
            assert phone.hears("Positions 1 · cards waiting 1")
            assert await town.open_trades() == (before,)
            await phone.taps("✅ Approve", on=card)
            assert len(await town.open_trades()) == 2


async def test_a_stop_that_was_hit_while_the_desk_was_down_was_hit(founded):
    later = USUAL.start + HOUR * 100
    async with founded.telegram() as url:
        async with founded.opens(url) as town:
            phone = town.phone()
            await phone.says("/start")
            await town.holds(phone)
        async with founded.opens(url, Plan(start=later)) as town:
            phone = town.phone()
            await phone.says("/positions")
            assert phone.hears("No open position.")
            assert phone.sees("BTC LONG ")


async def test_a_card_that_ended_while_the_desk_was_down_is_told_as_expired(founded):
    async with founded.telegram() as url:
        async with founded.opens(url) as town:
            phone = town.phone()
            await phone.says("/start")
            await town.offers(phone)
        async with founded.opens(url, Plan(start=USUAL.start + timedelta(hours=1))) as town:
            phone = town.phone()
            await phone.says("/status")
            assert phone.sees("expired · 13:00")
            assert phone.sees("1 proposals expired meanwhile.")


async def test_a_market_that_lost_a_symbol_still_starts(founded):
    async with founded.telegram() as url:
        async with founded.opens(url) as town:
            await town.phone().says("/start")
        fewer = Plan(symbols=("BTC/USDT:USDT",))
        async with founded.opens(url, fewer) as town:
            assert (await town.settings()).symbols == ("BTC/USDT:USDT",)
