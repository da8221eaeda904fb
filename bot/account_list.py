"""Reads which accounts a desk has, as an owner writes them: `paper, binance-main=binance:demo`."""

from collections.abc import Iterable

from core.domain.account import NAME, DeskAccount, Mode

TRADED = ("binance", "bybit", "okx", "bitget")
ALONE = "paper"
RESERVED = ("desk",)
YES = "yes"
FORM = "write paper, or name=venue:demo, or name=venue:live, with commas between accounts"


def accounts(text: str, market: str) -> tuple[DeskAccount, ...]:
    """In the order in which they are written; `market` is where paper has its prices from.

    Raises ValueError with one sentence.
    """
    found = tuple(_account(part.strip(), market) for part in text.split(",") if part.strip())
    if not found:
        raise ValueError(f"a desk has one account at least: {FORM}")
    names = [account.name for account in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ValueError(f"{twice} is there twice")
    return found


def readable(text: str) -> str:
    """The same text. Raises ValueError."""
    accounts(text, ALONE)
    return text


def yes(text: str) -> str:
    """Raises ValueError for a word that is neither yes nor nothing."""
    word = text.strip().lower()
    if word not in {"", YES}:
        raise ValueError(f"write {YES}, or nothing")
    return word


def must_be_meant(listed: Iterable[DeskAccount], word: str) -> None:
    """Nobody trades money because of a slip of the pen. Raises ValueError."""
    live = [account.name for account in listed if account.mode is Mode.LIVE]
    if live and word != YES:
        names, verb = ", ".join(live), "is" if len(live) == 1 else "are"
        raise ValueError(f"LIVE_MONEY: {names} {verb} real money; write {YES} if that is meant")


def _account(written: str, market: str) -> DeskAccount:
    name, is_named, rest = (part.strip() for part in written.lower().partition("="))
    must_name_an_account(name)
    if not is_named and name != ALONE:
        raise ValueError(f"{name} lacks its venue; {FORM}")
    if not is_named or rest == ALONE:
        return DeskAccount(name, market, Mode.PAPER)
    venue, _, mode = (part.strip() for part in rest.partition(":"))
    _must_trade(name, venue)
    if mode not in {Mode.DEMO, Mode.LIVE}:
        raise ValueError(f"{name} lacks its mode: {name}={venue}:demo or {name}={venue}:live")
    if name == ALONE:
        raise ValueError(f"{ALONE} is never somebody's money; give {venue} another name")
    return DeskAccount(name, venue, Mode(mode))


def must_name_an_account(name: str) -> None:
    """Raises ValueError."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise ValueError(f"{name!r} is no name: small letters, digits and hyphens, 32 at most")


def _must_trade(name: str, venue: str) -> None:
    if venue in {"upbit", "bithumb"}:
        raise ValueError(f"{name}: {venue} trades against won, and this desk's prices are not won")
    if venue not in TRADED:
        raise ValueError(f"{name}: no orders go to {venue!r}; there is {', '.join(TRADED)}")
