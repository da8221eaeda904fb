"""What a key may do, as its venue tells it: trade, or more than a desk should ever be able to.

What is not told is not assumed: whoever adds such a key has to say that they know what it may do.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.broker.opening import open_wire
from bot.broker.told import flag, row, rows, text, told_by
from bot.broker.wire import Wire
from bot.exchanges.venues import venue_named
from core.domain.account import DeskAccount, Mode
from core.domain.secret import Credential
from core.errors import BrokerUnavailable


@dataclass(frozen=True, slots=True)
class Proven:
    """It can move nothing out. `trades`: it may trade what the desk trades; `bound`: it works only
    from some addresses.
    """

    trades: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class Forbidden:
    """It could withdraw or transfer: `rights`, by their venue's own names."""

    rights: tuple[str, ...]
    bound: bool


@dataclass(frozen=True, slots=True)
class Unproven:
    """The venue does not say; `why` in one sentence."""

    why: str


Permissions = Proven | Forbidden | Unproven


async def permissions_of(
    account: DeskAccount, credential: Credential, adjust: Callable[[Any], object] | None = None
) -> Permissions:
    """Asked when a key is added, and daily. Raises WrongSetting for a venue without orders."""
    venue = venue_named(account.venue)
    wire = await open_wire(venue, account.mode, credential, adjust)
    try:
        if venue.name not in READERS:
            return Unproven(f"{venue.title} does not tell what a key may do")
        if venue.name == "binance" and account.mode is Mode.DEMO:
            return Unproven("Binance's demo does not tell what a key may do")
        with told_by(venue.title):
            return await READERS[venue.name](wire)
    except BrokerUnavailable as error:
        return Unproven(f"{venue.title} did not answer what the key may do: {error}")
    finally:
        await wire.client.close()


async def _binance(wire: Wire) -> Permissions:
    told = row(await wire.ask("sapiGetAccountApiRestrictions"))
    bound = flag(told, "ipRestrict")
    dangerous = ("enableWithdrawals", "enableInternalTransfer", "permitsUniversalTransfer")
    rights = tuple(name for name in dangerous if flag(told, name))
    return Forbidden(rights, bound) if rights else Proven(flag(told, "enableFutures"), bound)


async def _bybit(wire: Wire) -> Permissions:
    """An address of * is everywhere."""
    told = row(row(await wire.ask("privateGetV5UserQueryApi"))["result"])
    granted = row(told["permissions"])
    addresses = [str(address) for address in told["ips"]]
    bound = bool(addresses) and "*" not in addresses
    if rights := tuple(str(right) for right in granted["Wallet"]):
        return Forbidden(rights, bound)
    writes = text(told, "readOnly") == "0"
    return Proven(writes and "Order" in granted["ContractTrade"], bound)


async def _okx(wire: Wire) -> Permissions:
    (told,) = rows(row(await wire.ask("privateGetAccountConfig"))["data"])
    granted = {word.strip() for word in text(told, "perm").split(",")}
    bound = bool(str(told["ip"]).strip())
    beyond = tuple(sorted(granted - {"read_only", "trade"}))
    return Forbidden(beyond, bound) if beyond else Proven("trade" in granted, bound)


async def _bitget(wire: Wire) -> Permissions:
    """Its words are short: w… is of the wallet, …w may write, co is contract orders."""
    told = row(row(await wire.ask("privateSpotGetV2SpotAccountInfo"))["data"])
    granted = {str(word) for word in told["authorities"]}
    bound = bool(str(told["ips"]).strip())
    if rights := tuple(sorted(word for word in granted if _moves_money(word))):
        return Forbidden(rights, bound)
    if strange := ", ".join(sorted(granted - BITGET_KNOWN)):
        return Unproven(f"Bitget tells of rights that are not known here: {strange}")
    return Proven(bool(granted & {"coow", "trade"}), bound)


def _moves_money(word: str) -> bool:
    return word in {"withdraw", "transfer"} or (word.startswith("w") and word.endswith("w"))


KNOWN = "stor stow smor smow coor coow cpor cpow wtor wwor taxr readonly trade"
BITGET_KNOWN = frozenset(KNOWN.split())
READERS: Mapping[str, Callable[[Wire], Awaitable[Permissions]]] = {
    "binance": _binance,
    "bybit": _bybit,
    "okx": _okx,
    "bitget": _bitget,
}
