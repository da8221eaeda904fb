"""How a bot introduces itself and what its menu offers."""

from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.profile import checked, scope_key
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.service import Service

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
Key = tuple[tuple[str, str], str]


async def get_me(service: Service, _: Arguments) -> dict[str, Any]:
    return service.account.me()


async def set_my_commands(service: Service, arguments: Arguments) -> bool:
    commands = checked(arguments.decoded("commands"))
    service.profile.commands[_key(arguments)] = commands
    service.journal.next()
    return True


async def get_my_commands(service: Service, arguments: Arguments) -> list[dict[str, Any]]:
    return service.profile.commands.get(_key(arguments), [])


async def delete_my_commands(service: Service, arguments: Arguments) -> bool:
    service.profile.commands.pop(_key(arguments), None)
    service.journal.next()
    return True


async def set_my_description(service: Service, arguments: Arguments) -> bool:
    description = arguments.text("description")
    if len(description) > LONGEST_DESCRIPTION:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    service.profile.descriptions[arguments.text("language_code")] = description
    service.journal.next()
    return True


async def get_my_description(service: Service, arguments: Arguments) -> dict[str, str]:
    found = service.profile.descriptions.get(arguments.text("language_code"), "")
    return {"description": found}


async def set_my_short_description(service: Service, arguments: Arguments) -> bool:
    description = arguments.text("short_description")
    if len(description) > LONGEST_SHORT_DESCRIPTION:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    service.profile.short_descriptions[arguments.text("language_code")] = description
    return True


async def get_my_short_description(service: Service, arguments: Arguments) -> dict[str, str]:
    found = service.profile.short_descriptions.get(arguments.text("language_code"), "")
    return {"short_description": found}


async def set_chat_menu_button(service: Service, arguments: Arguments) -> bool:
    button = arguments.decoded("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "default"):
        raise bad_request("can't parse menu button: unallowed type specified")
    service.profile.menu_buttons[arguments.integer("chat_id")] = button
    return True


async def get_chat_menu_button(service: Service, arguments: Arguments) -> dict[str, Any]:
    buttons = service.profile.menu_buttons
    everywhere = buttons.get(0, {"type": "commands"})
    return buttons.get(arguments.integer("chat_id"), everywhere)


def _key(arguments: Arguments) -> Key:
    scope = arguments.decoded("scope")
    known = scope if isinstance(scope, dict) else None
    return scope_key(known), arguments.text("language_code")


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
