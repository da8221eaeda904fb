"""What a provider of models or a venue gives its customers: one key, or a key with a secret."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.analysts.catalogue import Catalogue, Kind
from bot.errors import WrongQuestion
from bot.settings import one_word
from core.domain.secret import Field, Secret, must_be_a_name

DESK, MAIN = "desk", "main"


PAIR = (Field.KEY, Field.SECRET)
VENUES: Mapping[str, tuple[Field, ...]] = {
    "binance": PAIR,
    "bybit": PAIR,
    "okx": (*PAIR, Field.PASSPHRASE),
    "bitget": (*PAIR, Field.PASSPHRASE),
    "upbit": PAIR,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Keys of models are the desk's own; those of venues belong to an account."""

    account: str
    venue: str
    fields: tuple[Field, ...]

    @property
    def trades(self) -> bool:
        return self.venue in VENUES


def wanted(name: str, account: str | None, catalogue: Catalogue) -> Wanted:
    """Raises WrongQuestion, which repeats nothing: it might have been a key."""
    venue = name.strip().lower()
    if venue in VENUES:
        return Wanted(_account(account), venue, VENUES[venue])
    known = providers(catalogue)
    if name not in known:
        there_is = ", ".join((*known, *VENUES))
        raise WrongQuestion(f"that is no provider or venue with a key; there is {there_is}")
    if account is not None:
        raise WrongQuestion("--account is for venues: keys of models are the desk's own")
    return Wanted(DESK, name, (Field.KEY,))


def providers(catalogue: Catalogue) -> tuple[str, ...]:
    """Those that want a key."""
    everyone = catalogue.providers.values()
    return tuple(p.name for p in everyone if p.kind is not Kind.COMPATIBLE or p.key_env)


def read_field(field: Field, typed: Secret) -> Secret:
    """A passphrase may be anything, the rest is one word. Raises WrongQuestion."""
    text = typed.reveal()
    if field is not Field.PASSPHRASE:
        try:
            text = one_word(text)
        except ValueError as error:
            raise WrongQuestion(str(error)) from None
    if not text:
        raise WrongQuestion("nothing was typed, and nothing is kept")
    return Secret(text)


def _account(name: str | None) -> str:
    account = MAIN if name is None else name.strip().lower()
    try:
        must_be_a_name(account)
    except ValueError as error:
        raise WrongQuestion(f"--account: {error}") from None
    if account == DESK:
        raise WrongQuestion(f"--account: {DESK} is the desk itself")
    return account
