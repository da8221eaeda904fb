"""How the bot presents itself: its commands, its descriptions and the button beside the text."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.errors import bad_request

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_DESCRIPTION = 256
MOST_COMMANDS = 100

Command = dict[str, Any]
Scope = dict[str, Any]


def scope_key(scope: Scope | None) -> tuple[str, str]:
    """A scope's kind and the chat it is about, if any."""
    scope = scope or {}
    return str(scope.get("type") or "default"), str(scope.get("chat_id") or "")


def checked(commands: object) -> list[Command]:
    """Commands as Telegram takes them."""
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def _command(source: object) -> Command:
    if not isinstance(source, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in source:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name = str(source["command"]).removeprefix("/")
    description = str(source["description"])
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


@dataclass(slots=True)
class Profile:
    """Everything is kept per language; "" stands for all others."""

    commands: dict[tuple[tuple[str, str], str], list[Command]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language: str) -> list[Command]:
        """The narrowest scope wins, and in it the person's own language."""
        everybody = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (("chat", str(chat_id)), (everybody, ""), ("default", "")):
            for spoken in (language, ""):
                if found := self.commands.get((scope, spoken)):
                    return found
        return []

    def description_for(self, language: str) -> str:
        return self.descriptions.get(language) or self.descriptions.get("", "")
