"""Says at the console what asking models would cost, and what it has cost."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from bot.backtest.pricing import Part
from bot.backtest.recording import Stopped
from core.domain.model import Call, CallStatus
from handlers.words import Translator

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Teller:
    t: Translator
    out: TextIO

    def estimate(self, parts: Sequence[Part], prices: date) -> None:
        t, due = self.t, [part for part in parts if part.calls]
        if not due:
            self.say(t("record.nothing"))
            return
        whole = sum((part.cost for part in due), NOTHING)
        calls = sum(part.calls for part in due)
        self.say(t("record.title", usd=_usd(whole), n=f"{calls:,}", day=prices.isoformat()))
        self.say(*(self._part(part) for part in due))

    def spent(self, calls: Collection[Call], spent: Decimal) -> None:
        """By the providers' own counts."""
        failed = sum(call.status is not CallStatus.ANSWERED for call in calls)
        numbers = {"usd": _usd(spent), "n": f"{len(calls):,}", "failed": f"{failed:,}"}
        self.say(self.t("record.spent", **numbers), *self._models(calls))

    def kept(self, path: Path, stopped: Stopped | None) -> None:
        if stopped:
            self.stopped(stopped)
        self.say(self.t("record.kept", path=str(path)))

    def stopped(self, stopped: Stopped) -> None:
        at, reason = f"{stopped.at:%Y-%m-%d %H:%M}", self.t.of("failure", stopped.failure)
        self.say(self.t("record.stopped", at=at, reason=reason))

    def _part(self, part: Part) -> str:
        cutoff = part.witness.voice.model.cutoff
        return self.t(
            "record.part",
            model=part.witness.voice.name,
            calls=f"{part.calls:,}",
            n=f"{part.questions:,}",
            usd=_usd(part.cost),
            cutoff=cutoff.isoformat() if cutoff else "?",
        )

    def _models(self, calls: Collection[Call]) -> Iterator[str]:
        for name in dict.fromkeys(call.model for call in calls):
            mine = [call for call in calls if call.model == name]
            usd = _usd(sum((call.cost for call in mine), NOTHING))
            yield self.t("record.model", model=name, n=f"{len(mine):,}", usd=usd)

    def say(self, *lines: str) -> None:
        self.out.writelines(f"{line}\n" for line in lines)
        self.out.flush()


def _usd(amount: Decimal) -> str:
    """Cents say nothing of calls that cost less than one."""
    return f"{amount:,.2f}" if amount >= 1 else f"{amount:.4f}"
