"""How the bot introduces itself."""

import pytest
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, MenuButtonCommands


async def test_the_bot_knows_itself(bot):
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.first_name, me.username) == (
        42,
        True,
        "Nightdesk",
        "nightdesk_demo_bot",
    )
    assert me.can_join_groups is True


async def test_the_menu_speaks_the_persons_language_where_it_can(bot, desk):
    await bot.set_my_commands([BotCommand(command="start", description="Begin")])
    assert await desk.person("commands") == [{"command": "start", "description": "Begin"}]
    korean = [BotCommand(command="start", description="시작")]
    await bot.set_my_commands(korean, language_code="ko")
    assert await desk.person("commands") == [{"command": "start", "description": "시작"}]
    kept = await bot.get_my_commands(language_code="ko")
    assert [command.description for command in kept] == ["시작"]
    assert (await bot.get_my_commands())[0].description == "Begin"
    await bot.delete_my_commands(language_code="ko")
    assert (await desk.person("commands"))[0]["description"] == "Begin"


async def test_a_narrower_scope_wins(bot, desk):
    await bot.set_my_commands([BotCommand(command="a", description="all")])
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand(command="b", description="private")], scope)
    assert (await desk.person("commands"))[0]["command"] == "b"
    assert (await desk.person("commands?chat=-55"))[0]["command"] == "a"


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "x"}], "can't parse BotCommand: Can't find field \"description\""),
        ({}, "expected an Array of BotCommand"),
    ],
)
async def test_commands_telegram_would_refuse_are_refused(desk, commands, complaint):
    assert await desk.refusal("setMyCommands", commands=commands) == f"Bad Request: {complaint}"


async def test_descriptions_and_the_menu_button_are_kept(bot, desk):
    await bot.set_my_description("Asks before it trades.")
    await bot.set_my_short_description("짧게", language_code="ko")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_my_description()).description == "Asks before it trades."
    assert (await bot.get_my_short_description(language_code="ko")).short_description == "짧게"
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await desk.person("me"))["description"] == "Asks before it trades."


async def test_a_chat_is_described_as_a_real_bot_expects_it(bot, desk):
    await desk.says("hi", chat=-100_55)
    assert (await bot.get_chat(7)).first_name == "Min"
    assert (await bot.get_chat(-100_55)).type == "supergroup"
