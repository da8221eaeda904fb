"""OKX's endpoints for conditional orders."""

from collections.abc import Callable
from dataclasses import replace

from tests.venues.trading import conditional, guarding, history
from tests.venues.trading.algos import Algo
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx import planned
from tests.venues.trading.okx.asked import (
    Query,
    between,
    name,
    number,
    optional,
    text,
    window,
)
from tests.venues.trading.okx.books import both, known
from tests.venues.trading.okx.conditions import conditions
from tests.venues.trading.okx.orders import MISSING
from tests.venues.trading.okx.refusals import empty
from tests.venues.trading.okx.told import Told
from tests.venues.trading.orders import Refusal


def place(ledger: Ledger, query: Query) -> Told:
    asked = conditions(ledger, query)
    for one in asked:
        conditional.check(ledger, one)
    return ids(guarding.pair(ledger, asked)[0]) | {"clOrdId": ""}


def ids(head: Algo) -> Told:
    return {"algoId": str(head.id), "algoClOrdId": planned.label(head)}


def meant(ledger: Ledger, query: Query) -> Algo | None:
    own, label = number(query, "algoId"), name(query, "algoClOrdId")
    if own is None and not label:
        raise Refusal(51000, "Either parameter algoId or algoClOrdId is required")
    books = both(text(query, "instId")) if text(query, "instId", "") else ()
    return history.newest(
        a
        for a in planned.heads(ledger.state.algos.values())
        if (a.id == own if own is not None else planned.label(a) == label)
        and (not books or a.asked.symbol in books)
    )


def cancel(ledger: Ledger, query: Query) -> Told:
    known(ledger, text(query, "instId"))
    return ids(conditional.cancel(ledger, meant(ledger, query)))


def amend(ledger: Ledger, query: Query) -> Told:
    head = meant(ledger, query)
    if head is None or not head.open:
        raise Refusal(51503, "Order modification failed as the order does not exist")
    size = optional(query, "newSz")
    for one in planned.pair(ledger, head):
        key = (
            "newTriggerPx"
            if one.asked.kind == "trigger"
            else f"new{planned.side_of(one).title()}TriggerPx"
        )
        trigger = optional(query, key) or one.asked.trigger
        contract = ledger.rule(one.asked.symbol).contract
        quantity = one.asked.quantity if size is None else size * contract
        one.asked = replace(one.asked, trigger=trigger, quantity=quantity)
        one.updated = ledger.clock()
    return ids(head) | {"reqId": text(query, "reqId", "")}


def show(ledger: Ledger, rows: list[Query]) -> object:
    head = meant(ledger, rows[0])
    if head is None:
        raise MISSING
    return [planned.algo(ledger, head)]


def listed(
    ledger: Ledger, query: Query, wanted: Callable[[Algo], bool], *, ended: bool
) -> list[Told]:
    """Of the kinds that are named: others are not looked for."""
    instrument, kinds = text(query, "instId", ""), text(query, "ordType").split(",")
    fits = (
        (head.id, planned.algo(ledger, head))
        for head in planned.heads(ledger.state.algos.values())
        if (planned.state(ledger, head) != "live") is ended
        and planned.kind(head) in kinds
        and wanted(head)
    )
    return window(((n, row) for n, row in fits if instrument in {"", row["instId"]}), query)


def pending(ledger: Ledger, rows: list[Query]) -> object:
    query = rows[0]
    own, label = number(query, "algoId"), name(query, "algoClOrdId")

    def wanted(head: Algo) -> bool:
        return own in {None, head.id} and label in {"", planned.label(head)}

    return listed(ledger, query, wanted, ended=False)


def past(ledger: Ledger, rows: list[Query]) -> object:
    query = rows[0]
    own, state = number(query, "algoId"), text(query, "state", "")
    if own is None and not state:
        raise empty("state")

    def wanted(head: Algo) -> bool:
        fits = state in {"", planned.state(ledger, head)} and own in {None, head.id}
        return fits and between(query, head.created)

    return listed(ledger, query, wanted, ended=True)
