"""A small Telegram of our own: a Bot API server on loopback and the chat page before it."""

from bot.demo.telegram.people import Person
from bot.demo.telegram.server import BotApiServer

__all__ = ["BotApiServer", "Person"]
