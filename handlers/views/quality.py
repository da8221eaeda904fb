"""How far a market's numbers can be trusted, in words: the worst first."""

from datetime import timedelta
from decimal import Decimal

from core.domain.quality import Fault, Finding, Grade, Quality
from handlers.views import numbers
from handlers.words import Reader

SHARES = frozenset({Fault.DIVERGENCE, Fault.OUTLIER})
LENGTHS = frozenset(
    {Fault.LATE_CANDLE, Fault.OLD_PRICE, Fault.SKEW, Fault.LATE_FUNDING, Fault.ENDING}
)
NEVER = timedelta(days=365).total_seconds()
MARKS = {"ok": "🟢", "thin": "🟡", "stale": "🟠", "broken": "🔴"}


def grade(reader: Reader, quality: Quality) -> str:
    """🟢 good: one word, and what speaks against it."""
    mark, word = MARKS[quality.grade], reader.t.of("grade", quality.grade)
    ranked = sorted(quality.findings, key=lambda finding: -finding.grade.rank)
    said = [finding_text(reader, finding) for finding in ranked]
    return f"{mark} {word}" + (": " + ", ".join(said) if said else "")


def finding_text(reader: Reader, finding: Finding) -> str:
    if finding.fault is Fault.OLD_PRICE and finding.value >= NEVER:
        return reader.t("fault.no_price")
    value = _value(reader, finding)
    if finding.fault is Fault.GAP:
        missing = finding.grade is Grade.THIN
        return reader.t("fault.gap_thin" if missing else "fault.gap_stale", value=value)
    return reader.t(f"fault.{finding.fault}", value=value)


def _value(reader: Reader, finding: Finding) -> str:
    if finding.fault in SHARES:
        return numbers.percent(Decimal(str(round(finding.value, 4))))
    if finding.fault in LENGTHS:
        return _lasting(reader, finding.value)
    return f"{finding.value:,.0f}"


def _lasting(reader: Reader, seconds: float) -> str:
    """Seconds where they are few."""
    if seconds < 120:
        return reader.t("unit.seconds", n=round(seconds))
    return reader.lasting(timedelta(seconds=seconds))
