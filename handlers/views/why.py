"""Why: the question, every voice and how far it was believed, who objected, and what it cost."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from core.committee.calibration import Calibration
from core.domain.opinion import Abstention, Decision, Evidence, Opinion
from core.domain.proposal import Clamp
from core.prompt import FEATURES
from core.rules import RULES
from core.trail import Trail
from handlers.views import numbers
from handlers.views.phrases import coin
from handlers.views.quoting import quoted
from handlers.views.voices import analyst, objected
from handlers.words import Reader

CITED = 4
WHOLE = 200
FRAMES = ("mid", "long")
IN_BP = {
    *("ema_fast_gap", "ema_slow_gap", "ema_gap", "macd_histogram", "vwap_gap", "atr"),
    *("funding", "funding_next", "oi_day", "basis"),
}


def why(reader: Reader, trail: Trail) -> str:
    """The whole reasoning, in the order in which it happened."""
    return "\n".join(_why(reader, trail))


def _why(reader: Reader, trail: Trail) -> Iterator[str]:
    decision = trail.decision
    yield from _question(reader, decision)
    for view in decision.views:
        if isinstance(view, Opinion):
            yield from _voice(reader, decision, view)
    yield from _silent(reader, [v for v in decision.views if isinstance(v, Abstention)])
    for view in decision.late:
        yield reader.t(
            "why.late", name=analyst(reader, view.analyst), up=numbers.chance(view.p_up)
        )
    yield from _sum(reader, decision)
    yield from (objected(reader, one, WHOLE) for one in trail.objections)
    yield from _after(reader, trail)


def _question(reader: Reader, decision: Decision) -> Iterator[str]:
    t, distances = reader.t, decision.question.distances[decision.best.side]
    yield f"<b>{t('why.title', coin=coin(decision.symbol), time=reader.day_and_clock(decision.as_of))}</b>"
    yield t(
        "why.question",
        hours=reader.lasting(decision.question.horizon),
        stop=f"{distances.stop * 100:.2f}%",
        target=f"{distances.target * 100:.2f}%",
    )


def _voice(reader: Reader, decision: Decision, view: Opinion) -> Iterator[str]:
    """What it said; then, where it was not taken at its word, what was made of it."""
    t, name = reader.t, analyst(reader, view.analyst)
    n = t("why.n", n=round(view.effective_n)) if view.effective_n else ""
    sides = {f"p_{side.value}": numbers.chance(p) for side, p in view.p_target_first.items()}
    yield t("why.voice", name=name, up=numbers.chance(view.p_up), n=n, **sides)
    yield from _belief(reader, decision, view)
    yield from _evidence(reader, view)
    if view.rationale:
        yield f"<i>{quoted(view.rationale)}</i>"


def _belief(reader: Reader, decision: Decision, view: Opinion) -> Iterator[str]:
    trust, side = decision.trusts.get(view.analyst), decision.best.side
    if trust is None:
        return
    weights = sum(one.weight for one in decision.trusts.values())
    share = trust.weight / weights if weights else 0.0
    fair = decision.question.distances[side].fair
    p = _believed(trust.target, view.p_target_first[side], fair)
    yield reader.t(
        "why.belief", weight=f"{share:.0%}", side=reader.t.of("side", side), p=numbers.chance(p)
    )


def _believed(how: tuple[float, float], stated: float, chance: float) -> float:
    return float(Calibration(*how)(np.array([stated]), chance)[0])


def _evidence(reader: Reader, view: Opinion) -> Iterator[str]:
    if view.analyst in RULES:
        yield from _rule_evidence(reader, {item.code: item.value for item in view.evidence})
        return
    for key, cited in (("why.for", view.evidence), ("why.against", view.counter)):
        facts = [_fact(reader, one) for one in cited if one.code in FEATURES]
        if facts:
            yield reader.t(key, facts=", ".join(facts[:CITED]))


def _rule_evidence(reader: Reader, values: Mapping[str, float]) -> Iterator[str]:
    if "rsi" in values:
        yield reader.t(
            "why.evidence",
            rsi=f"{values['rsi']:.0f}",
            adx=f"{values['adx']:.0f}",
            trend=f"{values['trend']:+.1f}",
            atr=f"{values['atr'] * 100:.2f}%",
        )


def _fact(reader: Reader, one: Evidence) -> str:
    name, _, frame = one.code.rpartition("_")
    if frame in FRAMES and name:
        return f"{reader.t(f'feature.{name}')} ({reader.t(f'frame.{frame}')}) {_value(name, one)}"
    return f"{reader.t(f'feature.{one.code}')} {_value(one.code, one)}"


def _value(name: str, one: Evidence) -> str:
    return f"{one.value:+g} bp" if name in IN_BP or name.startswith("ret_") else f"{one.value:g}"


def _silent(reader: Reader, views: Sequence[Abstention]) -> Iterator[str]:
    for view in views:
        reason = reader.t.of("silence", view.reason)
        if view.failure:
            reason = reader.t(f"failure.{view.failure}")
        yield reader.t("why.silent", name=analyst(reader, view.analyst), reason=reason)
        if view.note:
            yield f"<i>{quoted(view.note)}</i>"


def _sum(reader: Reader, decision: Decision) -> Iterator[str]:
    t, best = reader.t, decision.best
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


def _after(reader: Reader, trail: Trail) -> Iterator[str]:
    """What risk made of it, what the market answered, and what asking cost."""
    t = reader.t
    if trail.proposal is not None:
        yield from (_clamp(reader, clamp) for clamp in trail.proposal.plan.clamps)
    elif trail.fate is not None and trail.fate.rule:
        yield t("why.refused", rule=t(f"limit.{trail.fate.rule}"))
    if trail.resolution is not None:
        sides = {
            f"p_{s.value}": numbers.chance(p) for s, p in trail.resolution.target_first.items()
        }
        way = (
            "up" if trail.resolution.up > 0.5 else "down" if trail.resolution.up < 0.5 else "still"
        )
        yield t("why.came_true", way=t(f"way.{way}"), **sides)
    if trail.calls:
        yield t("why.cost", cost=f"{trail.cost:.4f}", n=len(trail.calls))
    yield t("why.names", decision=trail.decision.id, snapshot=trail.decision.snapshot)


def _clamp(reader: Reader, clamp: Clamp) -> str:
    return reader.t(
        "why.clamp",
        rule=reader.t.of("limit", clamp.rule),
        before=numbers.amount(clamp.before),
        after=numbers.amount(clamp.after),
    )
