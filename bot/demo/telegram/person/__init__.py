"""The person's side: what they see, what they write and what they press."""

from bot.demo.telegram.person.routes import PersonSide

__all__ = ["PersonSide"]
