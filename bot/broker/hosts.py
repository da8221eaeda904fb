"""Holds a client to the door it was meant for: demo orders never reach real money, nor the reverse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.errors import WrongSetting
from bot.exchanges.venues import Venue
from core.domain.account import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Where a venue's private requests go. `header` is what tells demo requests apart where the
    house is the same; `probe` is a request that is signed to be looked at, never sent.
    """

    live: str
    demo: str = ""
    header: str = ""
    probe: tuple[str, tuple[str, ...]] = ("", ())
    switches: tuple[str, ...] = field(default=())


DOORS: Mapping[str, Doors] = {
    "binance": Doors(
        live="fapi.binance.com",
        demo="demo-fapi.binance.com",
        probe=("balance", ("fapiPrivateV3",)),
        switches=("enable_demo_trading",),
    ),
    "bybit": Doors(
        live="api.bybit.com",
        demo="api-demo.bybit.com",
        probe=("v5/account/info", ("private",)),
        switches=("enable_demo_trading",),
    ),
    "okx": Doors(
        live="www.okx.com",
        demo="www.okx.com",
        header="x-simulated-trading",
        probe=("account/config", ("private",)),
        switches=("set_sandbox_mode",),
    ),
    "bitget": Doors(
        live="api.bitget.com",
        demo="api.bitget.com",
        header="PAPTRADING",
        probe=("v2/mix/account/accounts", ("private", "mix")),
        switches=("set_sandbox_mode", "enable_demo_trading"),
    ),
    "upbit": Doors(live="api.upbit.com", probe=("accounts", ("private",))),
}


def doors_of(venue: Venue, mode: Mode) -> Doors:
    """Raises WrongSetting where orders cannot go there in this mode."""
    doors = DOORS.get(venue.name)
    if doors is None:
        known = ", ".join(DOORS)
        raise WrongSetting(f"no orders go to {venue.title} from here; there is {known}")
    if mode is Mode.PAPER:
        raise WrongSetting(f"a paper account sends nothing to {venue.title}")
    if mode is Mode.DEMO and not doors.demo:
        raise WrongSetting(f"{venue.title} has no demo accounts")
    return doors


def must_stand_at(client: Any, venue: Venue, mode: Mode) -> None:
    """Before the first private word. Raises WrongSetting."""
    doors = doors_of(venue, mode)
    wanted = doors.demo if mode is Mode.DEMO else doors.live
    named = f"{wanted} with {doors.header}" if mode is Mode.DEMO and doors.header else wanted
    found = door_of(client, doors)
    if found != named:
        raise WrongSetting(
            f"a {mode} account at {venue.title} must speak to {wanted}, not {found}"
        )


def door_of(client: Any, doors: Doors) -> str:
    """Where a private request would go: a host, and the header that makes it a demo's."""
    path, api = doors.probe
    signed = client.sign(path, list(api), "GET", {})
    host = str(urlsplit(signed["url"]).hostname)
    told = {**(client.headers or {}), **(signed.get("headers") or {})}
    marked = bool(doors.header) and told.get(doors.header) == "1"
    return f"{host} with {doors.header}" if marked else host
