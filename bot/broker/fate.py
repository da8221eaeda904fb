"""What an answer to *place* proves: placed, refused, or nothing.

ccxt's classes cannot tell a refusal from a lost reply, so they are never believed: a refusal is a
code that the venue wrote itself and that is known to mean *not executed*.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ClientConnectorError

from core.domain.trading import Outcome, Placed, Refused, Unknown

NEVER_SENT = "never_sent"
STATUS = re.compile(r"\w+ (?:[A-Z]+ https?://\S+ )?(429|418) ")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a venue answered to an order: its own id, and ours as it understood it."""

    id: str
    client_order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """One venue's words. `refused` mean that an order was not executed, `absent` that there is no
    such order, `clock` that our time is not the venue's.
    """

    refused: frozenset[str]
    absent: frozenset[str]
    clock: frozenset[str]


Answer = Receipt | Refused | Exception | None


def fate(answer: Answer, client_order_id: str, codes: Codes) -> Outcome:
    """Judge an answer to *place*: what is not proven is unknown. What was refused on this side was
    never sent.
    """
    match answer:
        case Refused():
            return answer
        case Receipt(id=str(own), client_order_id=echoed) if own and echoed == client_order_id:
            return Placed(client_order_id)
        case Exception() if never_sent(answer):
            return Refused(client_order_id, NEVER_SENT)
        case Exception() if code_of(answer) in codes.refused:
            return Refused(client_order_id, code_of(answer))
    return Unknown(client_order_id)


def never_sent(error: Exception) -> bool:
    """No connection stood, so no byte left. One that broke may have carried the order."""
    return isinstance(error.__cause__, ClientConnectorError)


def code_of(error: object) -> str:
    """The venue's own code, out of the body that ccxt repeats; empty where it wrote none."""
    said = str(error)
    start = said.find("{")
    if start >= 0:
        try:
            body, _ = json.JSONDecoder().raw_decode(said[start:])
        except ValueError:
            body = {}
        if code := code_in(body):
            return code
    status = STATUS.match(said)
    return status[1] if status else ""


def code_in(body: object) -> str:
    """Of an order in a batch, the code of the order; a name where a venue has no numbers."""
    if not isinstance(body, Mapping):
        return ""
    inner = body.get("data")
    if isinstance(inner, list) and inner and isinstance(inner[0], Mapping):
        code = str(inner[0].get("sCode") or "")
        if code not in {"", "0"}:
            return code
    if isinstance(body.get("error"), Mapping):
        return str(body["error"].get("name") or "")
    return str(body.get("retCode", body.get("code", "")))
