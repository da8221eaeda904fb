"""A living desk whose models are a server that strangers wrote: asked, paid, shown and heard again."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.analysts.team import Team, team_of
from bot.backtest.room import Room
from bot.market.synthetic import synthetic
from bot.settings import Settings
from core.domain.market import Timeframe
from core.domain.model import CallStatus, PromptKind
from core.domain.opinion import Opinion
from core.domain.people import Language
from tests.bot.analysts.mock_server import journal, mock_server
from tests.core.prompt.answers import answer, entry
from tests.handlers.haste import hurry
from tests.handlers.markets import SYMBOLS
from tests.handlers.telegram import Weather, telegram
from tests.handlers.town import Plan, living

PATIENCE = 30.0
NAMES = ("SYM_A", "SYM_B", "SYM_C")
VOICES = {"gpt-6.1-terra": "openai", "claude-haiku-5-5": "anthropic", "qwen3:14b": "local"}
SURE = {"p_up": 0.8, "p_long_target_first": 0.8, "p_short_target_first": 0.15}
WORDS = "The trend <b>is</b> up on every frame."
OBJECTION = {
    "symbol": "SYM_A",
    "verdict": "reduce",
    "size_mult": "0.5",
    "reasons": ["crowded_funding"],
    "p_target_first": 0.4,
    "note": "Funding is crowded.",
}
MODELS = """
[providers.local]
kind = "openai-compatible"
base_url = "{address}/v1"

[models."qwen3:14b"]
provider = "local"
input = 1
output = 1
effort = "none"

[profiles.mocked]
main = "gpt-6.1-terra"
voices = [
    {{ model = "gpt-6.1-terra", kind = "market", effort = "low" }},
    {{ model = "claude-haiku-5-5", kind = "indicators", effort = "low" }},
    {{ model = "qwen3:14b", kind = "market", effort = "none" }},
]
verifier = {{ model = "claude-sonnet-5-5", effort = "low" }}
news = {{ model = "perplexity/sonar", effort = "none", searches = 1 }}
"""


def said(name, content):
    used = {"usage": {"prompt_tokens": 7_000, "completion_tokens": 900}}
    return {"match": {"model": name}, "response": {"content": content} | used}


OPINIONS = answer(*(entry(name, rationale=WORDS, **SURE) for name in NAMES))
OBJECTIONS = [OBJECTION | {"symbol": name} for name in NAMES]
FIXTURES = [
    *(said(name, OPINIONS) for name in VOICES),
    said("claude-sonnet-5-5", json.dumps({"schema_version": "1", "objections": OBJECTIONS})),
    said("perplexity/sonar", json.dumps({"schema_version": "1", "items": []})),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with mock_server(tmp_path_factory.mktemp("aimock"), FIXTURES) as address:
        yield address


def team(server, folder) -> Team:
    file = folder / "models.toml"
    file.write_text(MODELS.format(address=server))
    settings = Settings(
        _env_file=None,
        openai_api_key="sk-openai",
        openai_base_url=f"{server}/v1",
        anthropic_api_key="sk-anthropic",
        anthropic_base_url=server,
        perplexity_api_key="pplx-key",
        perplexity_base_url=f"{server}/v1",
        models_file=file,
        model_profile="mocked",
    )
    found = team_of(settings, Language.EN)
    assert found is not None
    return found


@pytest.fixture
def opens(server, tmp_path, monkeypatch):
    """A town of this very hour, so that what is paid now is about what is decided now."""
    hurry(monkeypatch)
    now = datetime.now(UTC)
    first = Timeframe.H1.floor(now) - timedelta(hours=1_000)
    recording = synthetic(7, SYMBOLS, Timeframe.H1, first, 1_100)
    plan = Plan(recording=recording, start=now, team=team(server, tmp_path))

    @asynccontextmanager
    async def found():
        weather = Weather()
        async with (
            telegram(weather, plan.language) as url,
            living(url, weather, tmp_path, plan) as town,
        ):
            yield town

    return found


async def test_models_speak_in_a_decision_are_shown_settled_kept_and_found_again(opens, server):
    async with opens() as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says("/analyze BTC")
        card = await _card(town, phone)
        decision = await town.ledger.decision(card.candidate.decision_id)
        spoken = {v.analyst: v for v in decision.views if isinstance(v, Opinion)}
        assert VOICES.keys() <= spoken.keys()
        assert [o.scale for o in card.candidate.objections] == [Decimal("0.5")]

        await _shown(phone, decision)
        await town.desk.minds.council.read_news()
        await _paid(town, server)
        await _heard_again(town, decision, spoken)


async def _card(town, phone):
    """The answer comes by itself, as soon as every model has spoken."""
    async with asyncio.timeout(PATIENCE):
        while not await town.waiting():  # noqa: ASYNC110 - a ledger tells nobody
            await asyncio.sleep(0.05)
    await town.flushes()
    await phone.look()
    (card,) = await town.waiting()
    return card


async def _shown(phone, decision):
    for name in VOICES:
        assert phone.hears(name)
    assert phone.hears("Verifier halved it")
    await phone.says(f"/why {decision.id}")
    for name in VOICES:
        assert phone.hears(f"{name} up 80%")
    assert phone.hears("The trend <b>is</b> up on every frame.")
    assert phone.hears("for this decision (4 calls)")


async def _paid(town, server):
    now, hour = datetime.now(UTC), timedelta(hours=1)
    made = await town.desk.minds.treasury.books.calls(now - hour, now + hour)
    parts = {(call.kind, call.model) for call in made}
    assert parts == {
        (PromptKind.MARKET, "gpt-6.1-terra"),
        (PromptKind.INDICATORS, "claude-haiku-5-5"),
        (PromptKind.MARKET, "qwen3:14b"),
        (PromptKind.RISK, "claude-sonnet-5-5"),
        (PromptKind.NEWS, "perplexity/sonar"),
    }
    assert {call.status for call in made} == {CallStatus.ANSWERED}
    assert all(0 < call.cost <= call.reserved for call in made)
    paths = {entry["path"] for entry in journal(server)}
    assert paths >= {"/v1/responses", "/v1/messages", "/v1/chat/completions"}


async def _heard_again(town, decision, spoken):
    """The question is written anew from the market, and its answer is on file."""
    room = Room(Language.EN, town.desk.stores.minutes)
    snapshots = await town.market.snapshots((decision.symbol,), Timeframe.H1)
    for voice in town.desk.minds.council.seats.profile.voices:
        (view,) = await room.analyst(voice).views(snapshots, (decision.question,))
        assert view == spoken[voice.name]
