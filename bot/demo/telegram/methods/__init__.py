"""What a bot may ask for, by name: one table, no catch-all."""

from bot.demo.telegram.methods import (
    answers,
    chats,
    deleting,
    downloads,
    drafting,
    editing,
    polling,
    profile,
    sending,
)
from bot.demo.telegram.methods.table import Method

METHODS: dict[str, Method] = {
    name.lower(): method
    for area in (answers, chats, deleting, downloads, drafting, editing, polling, profile, sending)
    for name, method in area.METHODS.items()
}

__all__ = ["METHODS", "Method"]
