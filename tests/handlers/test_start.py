"""Hello, help, nothing left half done; and an answer to whatever else a person may type."""

import asyncio

from core.domain.people import Language
from handlers.start import COMMANDS
from tests.handlers.town import Plan


async def test_hello_says_what_this_is_and_how_the_desk_is(phone):
    assert phone.hears("Nightdesk watches the market")
    assert phone.hears("10,000.00 USDT · day 0.00")


async def test_hello_in_korean(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        await phone.says("/start")
        assert phone.hears("먼저 여쭙니다")
        assert phone.hears("모의 · 합성 데이터")


async def test_help_names_every_command(phone):
    await phone.says("/help")
    assert [line.split()[0] for line in phone.lines[1:-1]] == [
        f"/{command}" for command in COMMANDS
    ]


async def test_cancel_says_that_nothing_waits_for_words(phone):
    await phone.says("/cancel")
    assert phone.text.startswith("Nothing is waiting for your words.")


async def test_the_menu_beside_the_text_field_speaks_the_language(town, phone):
    menu: list[dict[str, str]] = []
    async with asyncio.timeout(5):
        while not menu:
            async with town.http.get(f"{town.url}/person/commands") as response:
                menu = await response.json()
    assert [entry["command"] for entry in menu] == list(COMMANDS)
    assert menu[1]["description"] == "look now: /analyze BTC"


async def test_an_unknown_command_gets_the_list(phone):
    await phone.says("/moon")
    assert phone.text.startswith("I do not know this command.")
    assert phone.hears("/analyze look now")


STRANGE = (
    *("hello", "사줘", "<b>buy</b> & sell <>", "🚀🌙👩‍👩‍👧‍👧", "/", "//status", "{t} %s {0}"),
    *("\u202e/status", "\ufe0f"),
)


async def test_whatever_else_is_typed_gets_one_answer(phone):
    for text in STRANGE:
        await phone.says(text)
        assert len(phone.new) == 1
        assert phone.hears("What you can say")


async def test_five_thousand_characters_get_one_answer_a_piece(phone):
    await phone.says("buy! " * 1_000)
    assert [m["text"].splitlines()[1] for m in phone.new] == [
        "I answer to commands and buttons."
    ] * 2


async def test_capitals_and_the_name_of_this_bot_make_no_difference(phone):
    for typed in ("/STATUS", "/Status", "/status@nightdesk_demo_bot"):
        await phone.says(typed)
        assert phone.hears("Next look")


async def test_a_command_for_another_bot_is_not_obeyed(town, phone):
    await phone.says("/pause@another_bot")
    assert not (await town.settings()).paused


async def test_an_edited_command_does_nothing_and_says_so(town, phone):
    message = await phone.says("hello")
    await phone.edits(message, "/pause")
    assert phone.text == "An edited message is not read as a command. Please send it again."
    assert not (await town.settings()).paused


async def test_a_forwarded_command_is_somebody_elses(town, phone):
    for text in ("/panic", "/pause", "/analyze BTC", "hello"):
        await phone.forwards(text)
        assert len(phone.new) == 1
        assert phone.text == (
            "A forwarded message is not read as a command. Please type it yourself."
        )
    assert not (await town.settings()).paused
