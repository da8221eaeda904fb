"""Tells people once of models that will end, and of those that are gone."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from bot.analysts.roll import Finding, Standing
from bot.stores import Stores
from core.domain.notice import Notice, NoticeKind

TOLD = "models.roll"


async def tell_findings(
    account: str, findings: Sequence[Finding], stores: Stores, now: datetime
) -> None:
    """Each warning of each model once; also after a restart."""
    told = set((await stores.notes.get(TOLD) or "").split())
    due = {_key(finding): finding for finding in findings if _matters(finding)}
    fresh = [finding for key, finding in due.items() if key not in told]
    if fresh:
        await stores.ledger.commit(*(_notice(account, finding, now) for finding in fresh))
        await stores.notes.put(TOLD, " ".join(sorted(told | due.keys())))


def _matters(finding: Finding) -> bool:
    return finding.standing is Standing.GONE or finding.notice is not None


def _key(finding: Finding) -> str:
    return f"{finding.model}/{finding.notice or 'gone'}"


def _notice(account: str, finding: Finding, now: datetime) -> Notice:
    numbers: dict[str, Decimal | datetime | int | str] = {
        "model": finding.model,
        "instead": finding.instead or "-",
        "days": finding.days or 0,
    }
    gone = finding.standing is Standing.GONE
    kind = NoticeKind.MODEL_GONE if gone else NoticeKind.MODEL_ENDING
    return Notice(account, kind, now, numbers=numbers, silent=not gone)
