"""No entry: why, when the next look is, how often cards come, and what a person may do instead."""

from collections.abc import Iterator, Sequence

from core.domain.opinion import Decision, Opinion, Verdict
from core.domain.proposal import Refusal, Rule
from core.reading import StatusFacts
from handlers.views import numbers
from handlers.views.phrases import coin, heading
from handlers.views.refusal import refusal_text
from handlers.views.view import Key, Verb, View
from handlers.views.voices import analyst, voices
from handlers.words import Reader


def flat(reader: Reader, decision: Decision, refusal: Refusal, status: StatusFacts) -> View:
    """The quiet answer, which is the normal one."""
    t = reader.t
    lines = [
        heading(reader, status.origin),
        f"<b>{coin(decision.symbol)}: {t('flat.title')}</b>",
        _because(reader, decision, refusal),
        voices(reader, decision.views),
        t("flat.next", time=reader.clock(status.next_look)),
        t("flat.normal", looks=status.looks, proposals=status.proposals),
    ]
    keys = (
        Key(t("button.long"), Verb.LONG, decision.id),
        Key(t("button.short"), Verb.SHORT, decision.id),
        Key(t("button.why"), Verb.WHY, decision.id, "decision"),
    )
    return View("\n".join(lines), (keys,))


def flat_list(
    reader: Reader, quiet: Sequence[tuple[Decision, Refusal]], status: StatusFacts
) -> View:
    """Several quiet answers at once; each symbol opens its own."""
    t = reader.t
    lines = [heading(reader, status.origin), f"<b>{t('flat.title')}</b>"]
    lines += [
        f"{coin(decision.symbol)}: {_because(reader, decision, refusal)}"
        for decision, refusal in quiet
    ]
    lines.append(t("flat.next", time=reader.clock(status.next_look)))
    lines.append(t("flat.normal", looks=status.looks, proposals=status.proposals))
    keys = tuple(
        Key(f"🔎 {coin(decision.symbol)}", Verb.ANALYZE, decision.symbol) for decision, _ in quiet
    )
    return View("\n".join(lines), (keys[:6],))


def _because(reader: Reader, decision: Decision, refusal: Refusal) -> str:
    if refusal.rule is not Rule.NO_EDGE:
        return refusal_text(reader, refusal)
    if decision.verdict is Verdict.SPLIT:
        return reader.t("flat.split", voices=" / ".join(_split(reader, decision)))
    if decision.verdict is Verdict.COSTS:
        return reader.t("flat.costs", value=round(decision.best.expected * 10_000))
    if decision.verdict is Verdict.EDGE:
        return reader.t("flat.apart", spread=f"{decision.disagreement:.2f}")
    return reader.t("flat.no_quorum", n=sum(isinstance(v, Opinion) for v in decision.views))


def _split(reader: Reader, decision: Decision) -> Iterator[str]:
    for view in decision.views:
        if isinstance(view, Opinion):
            side = "long" if view.p_up >= 0.5 else "short"
            p = max(view.p_up, 1 - view.p_up)
            yield f"{analyst(reader, view.analyst)} {reader.t(f'leaning.{side}')} {numbers.chance(p)}"
