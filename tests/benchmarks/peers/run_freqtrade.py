"""A benchmark case through freqtrade's own command line, with no network.

Two of its methods are replaced: the one that asks the exchange for its markets, and the one around
a strategy's indicators and trades, which is timed. Its files come from `freqtrade_files`.
"""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter

from freqtrade.exchange.exchange import Exchange
from freqtrade.main import main as freqtrade
from freqtrade.optimize.backtesting import Backtesting

from tests.benchmarks.backtest_data import CASES
from tests.benchmarks.peers.stopwatch import say

STRATEGIES = Path(__file__).parent / "strategies"
TINY = 1e-8


def market(api, base: str) -> dict:
    """A linear perpetual with no step or limit that matters."""
    codes = {"base": base, "quote": "USDT", "settle": "USDT"}
    any_size = {"min": TINY, "max": 1e9}
    free = {"min": 0.001, "max": None}
    return api.safe_market_structure(
        {
            "id": f"{base}USDT",
            "symbol": f"{base}/USDT:USDT",
            "type": "swap",
            "contractSize": 1.0,
            "taker": 0.0005,
            "maker": 0.0005,
            "precision": {"amount": TINY, "price": TINY},
            "limits": {"amount": any_size, "price": any_size, "cost": free, "leverage": {}},
            "info": {},
            **codes,
            **{f"{role}Id": code for role, code in codes.items()},
            **dict.fromkeys(("swap", "active", "contract", "linear"), True),
            **dict.fromkeys(("spot", "margin", "future", "option", "inverse"), False),
        }
    )


def know(names: tuple[str, ...]) -> None:
    """Let every exchange have these markets without asking for them."""

    def load(self, reload=False):
        self._api_async.set_markets([market(self._api_async, name) for name in names])

    Exchange._load_async_markets = load


def clock(figures: dict[str, float]) -> None:
    """Note how long freqtrade's engine took, and its trades."""
    engine = Backtesting.backtest_one_strategy

    def timed(self, strategy, data, timerange):
        began = perf_counter()
        period = engine(self, strategy, data, timerange)
        results = self.all_bt_content[strategy.get_strategy_name()]["results"]
        figures.update(seconds=perf_counter() - began, trades=len(results))
        return period

    Backtesting.backtest_one_strategy = timed


def arguments(case: str, folder: Path) -> list[str]:
    files = folder / "freqtrade" / case
    words = ["backtesting", "--config", str(files / "config.json")]
    words += ["--userdir", str(files / "user"), "--datadir", str(files / "data")]
    words += ["--strategy-path", str(STRATEGIES), "-s", "EmaCross"]
    words += ["-i", CASES[case].timeframe, "--fee", "0.0005"]
    return [*words, "--cache", "none", "--export", "none"]


def main(case: str, folder: str) -> None:
    figures: dict[str, float] = {}
    know(CASES[case].names)
    clock(figures)
    try:
        with redirect_stdout(sys.stderr):
            freqtrade(arguments(case, Path(folder)))
    except SystemExit as ended:
        if ended.code:
            raise
    say(**figures, candles=CASES[case].candles)


if __name__ == "__main__":
    main(*sys.argv[1:])
