"""The form for keys: typed once, deleted at once, never said again."""

import pytest

from core.domain.account import DeskAccount, Mode
from core.domain.people import Language
from core.domain.rights import Proof, Rights
from core.domain.secret import Field
from core.errors import KeyRefused
from core.keeping import KeepKey
from handlers.keys import KeyDesk
from tests.core.memory_vault import MemoryVault
from tests.core.test_keeping import Venue
from tests.handlers.town import Plan
from tests.phone import labels

MAIN = DeskAccount("main", "okx", Mode.LIVE)
FIELDS = {"okx": (Field.KEY, Field.SECRET, Field.PASSPHRASE)}
KEY, SECRET, PASSPHRASE = "A" * 24 + "tail", "s3cr3t" * 5, "my own words"
TRADES = Rights(proof=Proof.TRADES_ONLY, trades=True, bound=True)


@pytest.fixture
def opened(founded):
    """A town whose venue says this of every key."""

    def of(says, language=Language.EN):
        vault = MemoryVault()
        desk = KeyDesk((MAIN,), FIELDS, vault, KeepKey(vault, Venue(says)))
        return founded(Plan(key_desk=desk, language=language)), vault

    return of


async def types_it(phone):
    await phone.says("/start")
    await phone.says("/keys")
    await phone.taps("Add a key · main")
    for words in (KEY, SECRET, PASSPHRASE):
        await phone.says(words)


async def everything(phone):
    """Whoever wrote it, as far as it is still there."""
    address = f"{phone.url}/person/chat"
    async with phone.http.get(address, params={"chat": phone.chat or phone.person}) as response:
        messages = await response.json()
    return " ".join(m["text"] or "" for m in messages if not m["deleted"])


async def test_a_key_that_only_trades_is_kept_and_no_word_of_it_remains(opened):
    place, vault = opened(TRADES)
    async with place as town:
        phone = town.phone()
        await types_it(phone)
        assert phone.hears("Kept, encrypted.")
        kept = await vault.get("main", "okx")
        assert [s.reveal() for s in kept.fields.values()] == [KEY, SECRET, PASSPHRASE]
        left = await everything(phone)
        assert [word for word in (KEY, SECRET, PASSPHRASE) if word in left] == []
        await phone.says("/keys")
        assert phone.hears("main · LIVE · …tail")


async def test_a_key_with_which_money_could_leave_is_not_kept(opened):
    place, vault = opened(Rights(proof=Proof.FORBIDDEN, too_much=("withdraw",), bound=False))
    async with place as town:
        phone = town.phone()
        await types_it(phone)
        assert phone.hears("money could leave with this key (withdraw)")
        assert phone.hears("works from any address")
        assert await vault.list() == ()


async def test_what_nobody_can_prove_is_kept_only_after_a_yes(opened):
    place, vault = opened(Rights(proof=Proof.UNPROVEN))
    async with place as town:
        phone = town.phone()
        await types_it(phone)
        assert phone.hears("does not say what this key may do")
        assert await vault.list() == ()
        assert labels(phone.messages[-1]) == ["Keep it anyway", "Leave it"]
        await phone.taps("Keep it anyway")
        assert phone.hears("Kept, encrypted.")
        assert len(await vault.list()) == 1


async def test_a_key_that_the_venue_does_not_know_is_said(opened):
    place, vault = opened(KeyRefused())
    async with place as town:
        phone = town.phone()
        await types_it(phone)
        assert phone.hears("does not accept this key")
        assert phone.hears("Nothing was kept.")
        assert await vault.list() == ()


async def test_a_form_can_be_left_and_then_words_are_words_again(opened):
    place, vault = opened(TRADES)
    async with place as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says("/keys")
        await phone.taps("Add a key · main")
        await phone.taps("Leave it")
        await phone.says(KEY)
        assert KEY in await everything(phone)
        assert await vault.list() == ()


async def test_what_is_no_key_is_asked_for_again_and_deleted_too(opened):
    place, _ = opened(TRADES)
    async with place as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says("/keys")
        await phone.taps("Add a key · main")
        await phone.says("two words")
        assert phone.hears("it has to be one word")
        assert "two words" not in await everything(phone)


async def test_without_real_accounts_or_a_vault_it_says_so(founded):
    async with founded() as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says("/keys")
        assert phone.hears("There is no real account.")
    async with founded(Plan(key_desk=KeyDesk((MAIN,), FIELDS, None, None))) as town:
        phone = town.phone()
        await phone.says("/keys")
        assert phone.hears("The vault is not open.")
