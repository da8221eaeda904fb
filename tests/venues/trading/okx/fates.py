"""Requests of several orders, each with a fate of its own, and one code above them all."""

from collections.abc import Callable

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx.asked import Query
from tests.venues.trading.okx.refusals import spoken
from tests.venues.trading.okx.told import Told
from tests.venues.trading.orders import Refusal

MOST = 20
Act = Callable[[Ledger, Query], Told]
ECHOED = ("clOrdId", "ordId", "algoId", "algoClOrdId")


def failed(query: Query, refusal: Refusal) -> Told:
    words = spoken(refusal)
    echo: Told = {key: str(query[key]) for key in ECHOED if query.get(key)}
    blank: Told = {"clOrdId": "", "ordId": "", "tag": ""}
    return blank | echo | {"sCode": str(words.code), "sMsg": words.words}


def judged(rows: list[Told], now: int) -> Told:
    """0: all were done, 1: none was, 2: some were."""
    bad = sum(row["sCode"] != "0" for row in rows)
    code, words = "0", ""
    if bad:
        whole = bad == len(rows)
        code = "1" if whole else "2"
        words = "All operations failed" if whole else "Bulk operation partially succeeded."
    stamps = {"inTime": f"{now}339", "outTime": f"{now}240"}
    return {"code": code, "msg": words, "data": rows, **stamps}


def each(act: Act) -> Callable[[Ledger, list[Query]], Told]:
    def answer(ledger: Ledger, rows: list[Query]) -> Told:
        if not 0 < len(rows) <= MOST:
            raise Refusal(51111, f"Maximum {MOST} orders can be placed in bulk")
        now = str(ledger.clock())
        done = [{"ts": now, **alone(act, ledger, row)} for row in rows]
        return judged(done, ledger.clock())

    return answer


def alone(act: Act, ledger: Ledger, query: Query) -> Told:
    try:
        return {"tag": "", **act(ledger, query), "sCode": "0", "sMsg": ""}
    except Refusal as refused:
        return failed(query, refused)
