"""Buttons whose ids a test can read."""

from itertools import count

from bot.storage.buttons import SqlButtons
from tests.builders import button


def numbered(database, prefix="b"):
    numbers = count(1)
    return SqlButtons(database, lambda: f"{prefix}{next(numbers)}")


async def issued(database, **changes):
    (name,) = await numbered(database).issue([button(**changes)])
    return name
