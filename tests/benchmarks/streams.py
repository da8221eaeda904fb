"""Candles a second from a venue's streams into Books, with 50, 100 and 200 symbols.

The venue is Binance's fake in a process and on a core of its own, over TLS; the desk's side is ccxt,
our ears and a Feed whose Books hold 3,000 candles, on one core. `paced` is how a venue speaks, each
candle four times a second and every mark price once, and `lag` then the way from its sending to the
Book. `all_close_ms` is the top of an hour, when every candle closes: from the first sent to the last
in its Book. `messages_per_second` is flat out, `core_share` what that took of the core,
`us_per_message` what a message costs it, `ours_share` what we are of that and `ccxt_share` what ccxt
is; the rest is the network. `core_waits_ms` is how long, while paced, somebody else had our core:
stalls and lags of that kind are the machine's. `grown_mb` is memory since ccxt was imported, Books
included.
"""

import json
import subprocess
import sys
from typing import Any

from tests.benchmarks.bots import ROOT

SYMBOLS = (50, 100, 200)
SECONDS = 10.0
DESK = "tests.benchmarks.streams_desk"


def run() -> list[dict[str, Any]]:
    return [case(count, SECONDS) for count in SYMBOLS]


def case(count: int, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", DESK, str(count), str(seconds)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    name = {"benchmark": "streams", "case": f"{count} symbols, 3 timeframes"}
    return {**name, **json.loads(said.stdout.splitlines()[-1])}
