"""Models that take a seat at a desk in the chat."""

import json
from dataclasses import replace

from core.domain.model import Effort, Model, Said, Usage
from core.voices.balancing import AskBalance
from core.voices.consult import Consult
from core.voices.portfolio import Seat
from tests.model_fakes import PRICE, ScriptedOracle

MODEL = Model(provider="openai", name="gpt-<b>6.1</b>", price=PRICE, effort=Effort.MEDIUM)


def suggestion(rationale="Both move alike.", **weights):
    entries = [{"symbol": f"{c}/USDT:USDT", "percent": f"{p}"} for c, p in weights.items()]
    body = {"schema_version": "1", "weights": entries, "rationale": rationale}
    return Said(text=json.dumps(body), usage=Usage(input=2_000, output=3_000), model="gpt")


def sits(town, *script):
    """A model takes its seat; what it is asked is remembered."""
    oracle = ScriptedOracle(script or (suggestion(BTC=30, ETH=20),))
    seat = Seat(MODEL, Consult(MODEL, oracle, town.desk.minds.treasury.desk), aliased=False)
    known = town.desk.hands[town.desk.posts.main.name]
    read = replace(known["read_portfolio"], seat=lambda: seat)
    known["read_portfolio"], known["ask_balance"] = read, AskBalance(read)
    return oracle
