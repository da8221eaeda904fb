"""/account: which accounts there are, and which one a person speaks of from now on."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.accounts import ReadAccounts
from core.domain.people import Person
from core.persons import ChangePerson
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.accounts import accounts_view, with_others
from handlers.views.phrases import whose
from handlers.views.view import Verb, View


async def accounts(_message: Message, screen: Screen, read_accounts: ReadAccounts) -> None:
    await screen.show(accounts_view(screen.reader, await read_accounts(), screen.origin))


async def choose(
    query: CallbackQuery,
    press: Press,
    person: Person,
    screen: Screen,
    change_person: ChangePerson,
    read_accounts: ReadAccounts,
) -> None:
    """The list says it, too: its first line is the account that is meant."""
    changed = await change_person.account(person, press.subject)
    chosen = change_person.roster.of(press.subject)
    screen = screen.read_by(replace(screen.reader, person=changed, account=chosen))
    account = whose(screen.reader, chosen)
    await screen.toast(query, screen.reader.t("accounts.chosen", account=account))
    view = accounts_view(screen.reader, await read_accounts(), screen.origin)
    await screen.change(press.message_id, view, photo=False)


async def beside(screen: Screen, view: View, read_accounts: ReadAccounts) -> View:
    """With a line about other accounts where something is open or their venue is silent."""
    others = await read_accounts.beside(screen.reader.account.name)
    return with_others(screen.reader, view, others)


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(accounts, Command("account", ignore_case=True))
    router.callback_query.register(choose, Pressed(Verb.ACCOUNT))
    return router
