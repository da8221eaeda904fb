"""No entry: why, when the next look is, how often cards come, and what a person may do instead."""

from collections.abc import Iterator, Sequence

from core.domain.opinion import Abstention, Decision, Opinion, Verdict
from core.domain.proposal import Refusal, Rule
from core.reading import StatusFacts
from handlers.views import numbers
from handlers.views.phrases import coin, heading
from handlers.views.proposal import analyst, voices
from handlers.views.refusal import refusal_text
from handlers.views.view import Key, Verb, View
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
    return reader.t("flat.no_quorum", n=sum(isinstance(v, Opinion) for v in decision.views))


def _split(reader: Reader, decision: Decision) -> Iterator[str]:
    for view in decision.views:
        if isinstance(view, Opinion):
            side = "long" if view.p_up >= 0.5 else "short"
            p = max(view.p_up, 1 - view.p_up)
            yield f"{analyst(reader, view.analyst)} {reader.t(f'leaning.{side}')} {numbers.chance(p)}"


def why(reader: Reader, decision: Decision) -> str:
    """The whole reasoning: the question, every voice with its evidence, the sum."""
    return "\n".join(_why(reader, decision))


def _why(reader: Reader, decision: Decision) -> Iterator[str]:
    t, best = reader.t, decision.best
    distances = decision.question.distances[best.side]
    yield f"<b>{t('why.title', coin=coin(decision.symbol), time=reader.day_and_clock(decision.as_of))}</b>"
    yield t(
        "why.question",
        hours=reader.lasting(decision.question.horizon),
        stop=f"{distances.stop * 100:.2f}%",
        target=f"{distances.target * 100:.2f}%",
    )
    for view in decision.views:
        yield _voice(reader, view)
    yield t(
        "why.sum",
        side=t.of("side", best.side),
        chance=numbers.chance(best.p_target_first),
        even=numbers.chance(best.break_even),
        value=f"{best.expected * 10_000:+.0f}",
    )
    yield t(
        "why.verdict",
        verdict=t.of("verdict", decision.verdict),
        spread=f"{decision.disagreement:.2f}",
    )


def _voice(reader: Reader, view: Opinion | Abstention) -> str:
    t, name = reader.t, analyst(reader, view.analyst)
    if isinstance(view, Abstention):
        return t("why.silent", name=name, reason=t.of("silence", view.reason))
    values = {item.code: item.value for item in view.evidence}
    said = t(
        "why.voice",
        name=name,
        up=numbers.chance(view.p_up),
        n=round(view.effective_n or 0),
        **{f"p_{side.value}": numbers.chance(p) for side, p in view.p_target_first.items()},
    )
    if "rsi" not in values:
        return said
    return (
        said
        + "\n"
        + t(
            "why.evidence",
            rsi=f"{values['rsi']:.0f}",
            adx=f"{values['adx']:.0f}",
            trend=f"{values['trend']:+.1f}",
            atr=f"{values['atr'] * 100:.2f}%",
        )
    )
