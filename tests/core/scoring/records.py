"""Records for tests: voices that speak about coins, at the times a test says."""

import numpy as np

from core.domain.score import Record

HOUR = 3_600_000
HORIZON = 12 * HOUR
VOICES = ("alpha", "beta", "gamma")
SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT")


def record(rows, voices=VOICES, symbols=SYMBOLS, horizon=HORIZON):
    """Rows are dicts; what is left out is a coin flip that was answered by a coin."""
    whole = {name: [row.get(name, 0) for row in rows] for name in ("voice", "symbol", "as_of")}
    decision = [
        row.get("decision", row.get("as_of", 0) * 10 + row.get("symbol", 0)) for row in rows
    ]
    three = {
        name: np.array([_three(row.get(name, standard)) for row in rows], float).reshape(-1, 3)
        for name, standard in (("stated", 0.5), ("chance", 0.5), ("outcome", 0.5))
    }
    believed = [_three(row.get("believed", row.get("stated", 0.5))) for row in rows]
    return Record(
        voices=tuple(voices),
        symbols=tuple(symbols),
        voice=np.array(whole["voice"], np.int64),
        symbol=np.array(whole["symbol"], np.int64),
        decision=np.array(decision, np.int64),
        as_of=np.array(whole["as_of"], np.int64),
        horizon=np.full(len(rows), horizon, np.int64),
        **three,
        believed=np.array(believed, float).reshape(-1, 3),
        weight=np.array([row.get("weight", 1.0) for row in rows], float),
    )


def _three(value):
    return (value,) * 3 if isinstance(value, (int, float)) else value
