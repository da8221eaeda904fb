"""/keys: the keys of the accounts, and a form for a new one, in the owner's private chat only.

What is typed is deleted at once and never said again. The console remains the better place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from core.domain.account import DeskAccount
from core.domain.people import Person, Role
from core.domain.secret import Field, Secret
from core.errors import BrokerUnavailable, KeyRefused, NotAllowed, NotFound
from core.keeping import KeepKey
from core.ports import Vault
from handlers.key_forms import KeyForm, KeyForms
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.keys import ended, keys_view, prompt, verdict
from handlers.views.view import Verb, View


@dataclass(frozen=True, slots=True)
class KeyDesk:
    """What the form takes; without a `vault` that is open it can only say so. `accounts` are all
    real ones of the settings, also those that wait for a key; `fields` what each venue gives its
    customers, in the order in which they are asked for.
    """

    accounts: tuple[DeskAccount, ...]
    fields: Mapping[str, tuple[Field, ...]]
    vault: Vault | None
    keep: KeepKey | None
    forms: KeyForms = field(default_factory=KeyForms)

    def find(self, name: str) -> DeskAccount:
        """Raises NotFound, also while the vault is shut."""
        found = next((account for account in self.accounts if account.name == name), None)
        if found is None or self.keep is None:
            raise NotFound(account=name)
        return found


NO_KEYS = KeyDesk((), {}, None, None)


class Typing(Filter):
    """A message that answers the form of this chat."""

    async def __call__(
        self, message: Message, screen: Screen, key_desk: KeyDesk
    ) -> bool | dict[str, Any]:
        form = key_desk.forms.find(screen.chat, screen.wall.now())
        if form is None or form.next is None or message.chat.type != ChatType.PRIVATE:
            return False
        return {"form": form}


async def keys(message: Message, person: Person, screen: Screen, key_desk: KeyDesk) -> None:
    _must_be_alone(message, person)
    await _show(screen, key_desk)


async def _show(screen: Screen, key_desk: KeyDesk) -> None:
    kept = await key_desk.vault.list() if key_desk.vault else None
    await screen.show(keys_view(screen.reader, key_desk.accounts, kept))


async def begin(
    query: CallbackQuery, press: Press, person: Person, screen: Screen, key_desk: KeyDesk
) -> None:
    if isinstance(query.message, Message):
        _must_be_alone(query.message, person)
    account = key_desk.find(press.subject)
    await screen.toast(query)
    wants, now = key_desk.fields[account.venue], screen.wall.now()
    form = key_desk.forms.begin(screen.chat, account, wants, now)
    await screen.show(prompt(screen.reader, form))


async def typed(message: Message, screen: Screen, key_desk: KeyDesk, form: KeyForm) -> None:
    """Deleted before anything else is done with it."""
    gone = await _deleted(message)
    form = replace(form, kept_by_telegram=form.kept_by_telegram or not gone)
    text = (message.text or "").strip()
    if not _is_plain(text, form.next):
        key_desk.forms.put(screen.chat, form)
        await screen.show(prompt(screen.reader, form, wrong=True))
        return
    form = form.answered(Secret(text), screen.wall.now())
    key_desk.forms.put(screen.chat, form)
    if form.next is None:
        await _finish(screen, key_desk, form, accepted=False)
    else:
        await screen.show(prompt(screen.reader, form))


async def accept(query: CallbackQuery, press: Press, screen: Screen, key_desk: KeyDesk) -> None:
    """The owner takes it upon themselves that nobody could prove what the key may do."""
    form = key_desk.forms.find(screen.chat, screen.wall.now())
    if form is None or form.next is not None or form.account.name != press.subject:
        raise NotFound(account=press.subject)
    await screen.toast(query)
    await _finish(screen, key_desk, form, accepted=True)


async def leave(query: CallbackQuery, screen: Screen, key_desk: KeyDesk) -> None:
    key_desk.forms.end(screen.chat)
    await screen.toast(query)
    await screen.show(View(screen.reader.t("keys.left")))


async def _finish(screen: Screen, key_desk: KeyDesk, form: KeyForm, *, accepted: bool) -> None:
    if key_desk.keep is None:
        raise NotFound(account=form.account.name)
    try:
        rights, kept = await key_desk.keep(form.account, form.credential, accepted=accepted)
    except (BrokerUnavailable, KeyRefused) as error:
        key_desk.forms.end(screen.chat)
        await screen.show(ended(screen.reader, form, error))
        return
    await screen.show(verdict(screen.reader, form, rights, kept=kept))
    if kept or rights.too_much:
        key_desk.forms.end(screen.chat)


async def _deleted(message: Message) -> bool:
    try:
        return await message.delete()
    except TelegramBadRequest:
        return False


def _is_plain(text: str, name: Field | None) -> bool:
    """A passphrase may be anything; the rest is one word of plain letters."""
    if name is Field.PASSPHRASE:
        return bool(text)
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _must_be_alone(message: Message, person: Person) -> None:
    """Raises NotAllowed for everybody but the owner, and wherever others read along."""
    if person.role is not Role.OWNER or message.chat.type != ChatType.PRIVATE:
        raise NotAllowed


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(typed, F.text & ~F.text.startswith("/"), Typing())
    router.message.register(keys, Command("keys", ignore_case=True))
    router.callback_query.register(begin, Pressed(Verb.ADD_KEY))
    router.callback_query.register(accept, Pressed(Verb.KEEP_KEY))
    router.callback_query.register(leave, Pressed(Verb.LEAVE_KEY))
    return router
