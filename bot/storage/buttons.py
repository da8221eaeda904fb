"""What stands behind each inline button, and the rule that a press counts once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.storage.database import Database
from bot.storage.tables import buttons
from core.domain.ledger import Button, Claim
from core.errors import ButtonSpent

NAMES = tuple(field.name for field in fields(Button))
VALUE = tuple(buttons.c[name] for name in NAMES)
Known = dict[Button, tuple[str, Button]]

NEAR = ("chat", "subject", "verb")
KNOWN = select(buttons.c.id, *VALUE).where(
    *(buttons.c[name].in_(bindparam(f"{name}s", expanding=True)) for name in NEAR),
    buttons.c.used_at.is_(None),
)
INSERT = insert(buttons)
PROLONG = update(buttons).where(buttons.c.id == bindparam("known"))


@dataclass(frozen=True, slots=True)
class SqlButtons:
    """Issues buttons and honours them; `new_id` makes short strings that nobody can guess."""

    database: Database
    new_id: Callable[[], str]

    async def issue(self, wanted: Sequence[Button]) -> tuple[str, ...]:
        """An id for each, in their order. One that is in the chat already keeps its id."""
        return await self.database.run(issue, wanted, self.new_id)

    async def look(self, button: str, person: int, chat: int, now: datetime) -> Button:
        """What would a press do? Raises ButtonSpent; spends nothing."""
        return await self.database.read(look, Claim(button, person, chat, now))

    async def spend(self, press: Claim) -> None:
        """Raises ButtonSpent."""
        await self.database.run(claim, press)

    async def sweep(self, before: datetime) -> None:
        """Forget what expired or was spent before this moment."""
        await self.database.run(sweep, before)


def issue(
    connection: Connection, wanted: Sequence[Button], new_id: Callable[[], str]
) -> tuple[str, ...]:
    before = _known(connection, wanted)
    after = dict(before)
    for button in wanted:
        same = _identity(button)
        name, known = after.get(same) or (new_id(), button)
        after[same] = name, replace(known, expires_at=_later(known, button))
    _write(connection, before, after)
    return tuple(after[_identity(button)][0] for button in wanted)


def look(connection: Connection, press: Claim) -> Button:
    found = connection.execute(select(*VALUE).where(*_honoured(press))).mappings().one_or_none()
    if found is None:
        raise ButtonSpent(button=press.button)
    return Button(**found)


def claim(connection: Connection, press: Claim) -> None:
    """The first press wins: whoever finds the row spent, or not their own, has lost."""
    spend = update(buttons).where(*_honoured(press))
    if connection.execute(spend.values(used_at=press.at, used_by=press.person)).rowcount != 1:
        raise ButtonSpent(button=press.button)


def sweep(connection: Connection, before: datetime) -> None:
    old = or_(buttons.c.expires_at < before, buttons.c.used_at < before)
    connection.execute(delete(buttons).where(old))


def _honoured(press: Claim) -> tuple[ColumnElement[bool], ...]:
    """The one description of a button that this person may press now."""
    return (
        buttons.c.id == press.button,
        buttons.c.used_at.is_(None),
        or_(buttons.c.expires_at.is_(None), buttons.c.expires_at > press.at),
        buttons.c.person.in_((0, press.person)),
        buttons.c.chat == press.chat,
    )


def _known(connection: Connection, wanted: Sequence[Button]) -> Known:
    """Unspent buttons in the chats and about the subjects wanted, by what makes them the same."""
    asked = {f"{name}s": list({getattr(each, name) for each in wanted}) for name in NEAR}
    found = {}
    for name, *value in connection.execute(KNOWN, asked).all():
        button = Button(**dict(zip(NAMES, value, strict=True)))
        found[_identity(button)] = name, button
    return found


def _identity(button: Button) -> Button:
    """A button that may be pressed again is the same one with a later expiry; others are not."""
    return button if button.once else replace(button, expires_at=None)


def _later(known: Button, wanted: Button) -> datetime | None:
    if known.expires_at is None or wanted.expires_at is None:
        return None
    return max(known.expires_at, wanted.expires_at)


def _write(connection: Connection, before: Known, after: Known) -> None:
    """Touch what is there no more than needed: somebody may be pressing it."""
    fresh = [
        {"id": name, **{field: getattr(button, field) for field in NAMES}}
        for same, (name, button) in after.items()
        if same not in before
    ]
    longer = [
        {"known": name, "expires_at": button.expires_at}
        for same, (name, button) in after.items()
        if same in before and before[same] != (name, button)
    ]
    if fresh:
        connection.execute(INSERT, fresh)
    if longer:
        connection.execute(PROLONG, longer)
