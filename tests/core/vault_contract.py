"""What every Vault promises, whatever it is made of."""

from core.domain.secret import Credential, Secret

OPENAI = Credential("desk", "openai", {"key": Secret("sk-proj-riddle-0123456789")})
BINANCE = Credential(
    "main", "binance", {"key": Secret("k" * 64), "secret": Secret("비밀 · ключ \n\x00")}
)


class VaultContract:
    """Fixture: `vault`, empty."""

    async def test_an_empty_vault_has_nothing(self, vault):
        assert await vault.get("desk", "openai") is None
        assert await vault.list() == ()

    async def test_what_was_put_comes_back_letter_for_letter(self, vault):
        await vault.put(OPENAI)
        await vault.put(BINANCE)
        assert await vault.get("desk", "openai") == OPENAI
        assert await vault.get("main", "binance") == BINANCE
        assert await vault.get("other", "binance") is None

    async def test_everything_is_listed_by_account_and_venue(self, vault):
        upbit = Credential("main", "upbit", {"key": Secret("u")})
        for one in (upbit, OPENAI, BINANCE):
            await vault.put(one)
        assert await vault.list() == (OPENAI, BINANCE, upbit)

    async def test_a_later_credential_takes_the_place_of_all_of_the_earlier(self, vault):
        await vault.put(BINANCE)
        later = Credential("main", "binance", {"key": Secret("another")})
        await vault.put(later)
        assert await vault.list() == (later,)

    async def test_what_was_removed_is_gone_and_the_rest_stays(self, vault):
        await vault.put(OPENAI)
        await vault.put(BINANCE)
        assert await vault.remove("desk", "openai")
        assert not await vault.remove("desk", "openai")
        assert await vault.list() == (BINANCE,)
