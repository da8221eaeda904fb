"""Who thinks what, in a line each: voices by their leaning, objections by what they took."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from textwrap import shorten

from core.domain.objection import Objection
from core.domain.opinion import Opinion, View
from core.rules import RULES
from handlers.views.quoting import quoted
from handlers.words import Reader

LEANING = 0.005
LONGEST_NOTE = 80  # on a card, whose picture leaves little room
SCALES = {
    Decimal(1): "whole",
    Decimal("0.5"): "half",
    Decimal("0.25"): "quarter",
    Decimal(0): "none",
}


def voices(reader: Reader, views: Sequence[View]) -> str:
    """Long trend, breakout / short reversion: who leans where; the silent are left out."""
    groups: dict[str, list[str]] = {"long": [], "flat": [], "short": []}
    for view in views:
        if isinstance(view, Opinion):
            groups[_leaning(view)].append(analyst(reader, view.analyst))
    said = [
        f"{reader.t(f'leaning.{k}')} {', '.join(names)}" for k, names in groups.items() if names
    ]
    return " / ".join(said) or reader.t("voices.silent")


def objected(reader: Reader, objection: Objection, longest: int = LONGEST_NOTE) -> str:
    """Who spoke against it, how much that took, on which grounds, and in which words."""
    t = reader.t
    grounds = ", ".join(t.of("ground", ground) for ground in objection.grounds)
    said = t(
        f"objection.{objection.by}",
        verdict=t(f"scale.{SCALES[objection.scale]}"),
        grounds=t("objection.grounds", grounds=grounds) if grounds else "",
    )
    note = shorten(objection.note, longest, placeholder="…")
    return f"{said} <i>{quoted(note)}</i>" if note else said


def _leaning(opinion: Opinion) -> str:
    lean = opinion.p_up - 0.5
    return "flat" if abs(lean) < LEANING else "long" if lean > 0 else "short"


def analyst(reader: Reader, name: str) -> str:
    """A rule in the reader's words, a model by its own name."""
    return reader.t(f"analyst.{name}") if name in RULES else escape(name, quote=False)
