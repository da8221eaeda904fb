"""Putting views on a screen: what fits under a picture, what is cut, what an edit may meet."""

import pytest

from core.domain.account import ON_PAPER
from handlers.screens import CAPTION_LIMIT, TEXT_LIMIT, pieces, visible_length
from handlers.views.charts import card_picture
from handlers.views.view import Key, Verb, View
from tests.handlers.views.facts import card_facts

GONE = "Bad Request: message to edit not found"


@pytest.fixture
def screen(town, phone):
    """The owner's screen, as the notifier gets it."""

    async def made():
        (person,) = await town.ledger.people()
        return town.desk.notifier.screens.of(person, ON_PAPER.main)

    return made


@pytest.mark.parametrize(
    ("html", "length"),
    [
        ("<b>bold</b>", 4),
        ("&lt;&amp;&gt;", 3),
        ("롱", 1),
        ("🚀", 2),
        ("<pre>a\nb</pre>", 3),
        ("", 0),
    ],
)
def test_length_is_counted_as_telegram_does(html, length):
    assert visible_length(html) == length


def test_a_long_text_is_cut_between_lines():
    parts = list(pieces("\n".join(["x" * 1_000] * 9)))
    assert [visible_length(part) for part in parts] == [4_003, 4_003, 1_000]


def test_a_text_that_fits_stays_whole():
    assert list(pieces("a\n\nb")) == ["a\n\nb"]


def test_a_line_that_is_too_long_alone_is_cut_too():
    assert all(visible_length(part) <= TEXT_LIMIT for part in pieces("x" * 10_000))


async def test_every_message_says_that_it_is_paper(town, phone):
    for command in ("/help", "/cancel", "/orders", "/history", "/settings", "/pause", "what"):
        await phone.says(command)
        assert phone.messages[-1]["text"].startswith("PAPER · synthetic data")


async def test_a_long_text_goes_beside_its_picture(town, phone, screen):
    picture = card_picture((await screen()).reader, card_facts())
    await (await screen()).show(View("x" * CAPTION_LIMIT * 2, ((Key("Why", Verb.WHY),),), picture))
    await phone.look()
    assert phone.messages[-1]["buttons"]
    assert len(phone.text) >= CAPTION_LIMIT


async def test_a_text_of_many_pieces_has_its_buttons_at_the_end(town, phone, screen):
    await (await screen()).show(View("\n".join(["x" * 1_000] * 9), ((Key("Why", Verb.WHY),),)))
    await phone.look()
    assert [bool(message["buttons"]) for message in phone.messages[-3:]] == [False, False, True]


async def test_the_same_again_is_no_error(town, phone, screen):
    message = await (await screen()).show(View("hello"))
    assert await (await screen()).change(message.message_id, View("hello"), photo=False)


async def test_a_message_that_is_gone_is_said(town, phone, screen):
    assert not await (await screen()).change(999_999, View("hello"), photo=False)


async def test_keys_of_a_message_that_is_gone_are_no_error(town, phone, screen):
    await (await screen()).keys(999_999, ((Key("Why", Verb.WHY),),))


async def test_the_same_button_keeps_its_id_so_that_a_thumb_never_misses(town, phone, screen):
    view = View("hello", ((Key("Why", Verb.WHY, "d1"),),))
    first, second = [await (await screen()).show(view) for _ in range(2)]
    data = [m.reply_markup.inline_keyboard[0][0].callback_data for m in (first, second)]
    assert data[0] == data[1]
