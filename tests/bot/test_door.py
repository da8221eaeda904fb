"""Who may come in, judged by the update alone."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Message, MessageGenerationStopped, Update, User

from bot.door import Door
from bot.presence import Presence
from core.domain.account import ON_PAPER
from core.domain.people import Language
from core.owner import PairOwner, newcomer
from tests.fakes import FakeClock

OWNER = newcomer(7, 7, "Mina", Language.EN)
WHEN = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass
class Ledger:
    known: list = field(default_factory=lambda: [OWNER])

    async def people(self):
        return tuple(self.known)

    async def commit(self, person):
        self.known.append(person)


class Screens:
    """A screen is as good as its person here; what is shown is remembered."""

    def __init__(self):
        self.greeted = []

    def of(self, person, account):
        return Greeting(person, self.greeted)


@dataclass
class Greeting:
    person: object
    greeted: list

    @property
    def reader(self):
        return self

    def t(self, key, **_numbers):
        return key

    async def show(self, view):
        self.greeted.append((self.person.language, view.text))


@dataclass
class Inside:
    """What came through the door."""

    seen: list = field(default_factory=list)

    async def __call__(self, event, data):
        self.seen.append(data["person"])


class House:
    def __init__(self, known=(OWNER,), code=""):
        self.ledger, self.screens, self.inside = Ledger(list(known)), Screens(), Inside()
        self.presence = Presence()
        pair = PairOwner(self.ledger, code, Language.KO) if code else None
        self.door = Door(self.ledger, self.screens, pair, FakeClock(), self.presence, ON_PAPER)

    async def meets(self, user, chat, text="/status"):
        message = Message(message_id=1, date=WHEN, chat=chat, from_user=user, text=text)
        data = {"event_from_user": user, "event_chat": chat}
        await self.door(self.inside, Update(update_id=1, message=message), data)
        return data

    async def stops(self, chat):
        """Somebody presses Stop under an answer; Telegram says where, and not who."""
        stopped = MessageGenerationStopped(chat=chat, draft_id=5)
        update = Update(update_id=1, stopped_message_generation=stopped)
        await self.door(self.inside, update, {"event_chat": chat})


def user(identity=7, *, is_bot=False, language="en"):
    return User(id=identity, is_bot=is_bot, first_name="Mina", language_code=language)


def chat(identity=7, kind="private"):
    return Chat(id=identity, type=kind)


async def test_the_owner_in_their_own_chat_comes_in():
    house = House()
    await house.meets(user(), chat())
    assert house.inside.seen == [OWNER]
    assert await house.presence.last_seen() is not None


@pytest.mark.parametrize(
    ("who", "where"),
    [
        (user(8), chat(8)),
        (user(8), chat(7)),
        (user(7), chat(-5, "group")),
        (user(7), chat(-100123, "supergroup")),
        (user(7), chat(8)),
        (user(7, is_bot=True), chat(7)),
        (None, chat(7)),
        (user(7), None),
    ],
    ids=["stranger", "in my chat", "group", "supergroup", "elsewhere", "bot", "nobody", "nowhere"],
)
async def test_nobody_else_does(who, where):
    house = House()
    data = {"event_from_user": who, "event_chat": where}
    await house.door(house.inside, Update(update_id=1), data)
    assert house.inside.seen == []
    assert await house.presence.last_seen() is None
    assert house.screens.greeted == []


async def test_who_was_refused_is_written_down(caplog):
    with caplog.at_level(logging.WARNING, "bot.door"):
        await House().meets(user(8), chat(8), "buy everything")
    assert caplog.messages == ["refused: user 8 in chat 8"]


async def test_handlers_and_the_handler_of_errors_get_the_same_screen():
    data = await House().meets(user(), chat())
    assert data["person"] is OWNER
    assert data["screen"].person is OWNER


@pytest.mark.parametrize(
    ("spoken", "greeted"),
    [
        ("en", Language.EN),
        ("en-GB", Language.EN),
        ("ko", Language.KO),
        ("de", Language.KO),
        (None, Language.KO),
    ],
)
async def test_the_new_owner_is_greeted_in_their_language_or_the_desks(spoken, greeted):
    house = House(known=(), code="k7q2mxab")
    await house.meets(user(9, language=spoken), chat(9), "/start k7q2mxab")
    assert house.screens.greeted == [(greeted, "start.paired")]
    assert [person.id for person in house.inside.seen] == [9]


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        "/start k7q2mxa",
        "/start K7Q2MXAB",
        "k7q2mxab",
        "/help k7q2mxab",
        "/start k7q2mxab x",
    ],
)
async def test_anything_but_the_code_opens_nothing(text):
    house = House(known=(), code="k7q2mxab")
    await house.meets(user(9), chat(9), text)
    assert house.inside.seen == []
    assert house.ledger.known == []


async def test_a_bot_that_knows_the_code_stays_outside():
    house = House(known=(), code="k7q2mxab")
    await house.meets(user(9, is_bot=True), chat(9), "/start k7q2mxab")
    assert house.ledger.known == []


async def test_the_code_works_once():
    house = House(known=(), code="k7q2mxab")
    await house.meets(user(9), chat(9), "/start k7q2mxab")
    await house.meets(user(10), chat(10), "/start k7q2mxab")
    assert [person.id for person in house.ledger.known] == [9]


@pytest.mark.parametrize(
    ("where", "enters"), [(chat(), True), (chat(8), False), (chat(-5, "group"), False)]
)
async def test_whoever_stops_an_answer_in_a_private_chat_is_the_one_whose_chat_it_is(
    where, enters
):
    house = House()
    await house.stops(where)
    assert bool(house.inside.seen) is enters
