"""The process that is killed: `python -m bot run`, whose line leads to the fakes.

What differs from a desk in life: its clients reach loopback, its key is handed to it, and its limits
let it trade all day. It says on its output when an account was found to be as its venue says.
"""

import json
import os
import ssl
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import bot.broker.opening as orders
import bot.exchanges.opening as prices
from bot import process
from bot.news.errors import Failed
from bot.news.fetching import Fetch
from bot.vault.kept import Kept
from core.domain.secret import Credential, Secret
from core.execution.reconciling import Reconcile
from core.guard.caps import Caps
from tests.venues.loopback import session_to

ACCOUNT = "main"
ENDLESS = Caps(per_minute=1_000, per_hour=10_000, round_trips=10_000, month_loss=Decimal(1))
FREE = {
    "cool_down": timedelta(0),
    "cool_down_two_stops": timedelta(0),
    "day_loss": Decimal("0.5"),
    "week_loss": Decimal("0.6"),
    "month_loss": Decimal("0.7"),
    "proposals_per_day": 100_000,
    "reward_ratio": Decimal("1.1"),
}
RECONCILED = "reconciled"


def main() -> None:
    told = json.loads(os.environ["FAKES"])
    client_of, opening_settings, compares = (
        prices.client_of,
        process.opening_settings,
        Reconcile.__call__,
    )
    trusting = ssl.create_default_context(cafile=told["authority"])

    def wired(venue: Any) -> Any:
        client = client_of(venue)
        client.session = session_to(told["tls"], told["hosts"], trusting)
        client.ssl_context = trusting
        return client

    async def kept(*_: Any) -> Kept:
        fields = {name: Secret(text) for name, text in told["keys"].items()}
        return Kept(credentials={ACCOUNT: Credential(ACCOUNT, "binance", fields)})

    def opens(*asked: Any) -> Any:
        made = opening_settings(*asked)
        return replace(made, limits=replace(made.limits, **FREE))

    async def compared(self: Reconcile) -> bool:
        before, answered = self.is_reconciled, await compares(self)
        if self.is_reconciled and not before:
            print(RECONCILED, flush=True)
        return answered

    async def offline(*_: Any, **__: Any) -> Any:
        raise Failed("there is no net here")

    Fetch.__call__ = offline
    prices.client_of = orders.client_of = wired
    process._stored, process.opening_settings = kept, opens
    process.caps_of = lambda _settings: ENDLESS
    Reconcile.__call__ = compared
    from bot.__main__ import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
