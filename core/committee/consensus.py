"""Many views, one decision."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

import numpy as np

from core.committee.merging import SIDES, VERDICTS, Burden, Merged, Panel, Rules, Stakes, merge
from core.domain.market import Floats
from core.domain.model import Failure
from core.domain.opinion import Decision, Forecast, Opinion, Question, Trust, View
from core.domain.trading import Side


@dataclass(frozen=True, slots=True)
class Case:
    """What one decision is made from."""

    id: str
    question: Question
    views: Sequence[View]
    burden: Burden
    snapshot: str


def decide(
    decision_id: str,
    question: Question,
    views: Sequence[View],
    burden: Burden,
    snapshot: str,
    rules: Rules,
) -> Decision:
    """Merge the voiced opinions; abstentions count neither for nor against."""
    (decision,) = decide_all([Case(decision_id, question, views, burden, snapshot)], rules)
    return decision


def decide_all(cases: Sequence[Case], rules: Rules) -> tuple[Decision, ...]:
    """At once, as columns. The same voices were asked about each, in the same order."""
    merged = merge(_panel(cases), _stakes(cases), _burden(cases), rules)
    return tuple(_decision(case, merged, row, rules) for row, case in enumerate(cases))


def _decision(case: Case, merged: Merged, row: int, rules: Rules) -> Decision:
    return Decision(
        id=case.id,
        symbol=case.question.symbol,
        as_of=case.question.as_of,
        question=case.question,
        views=tuple(case.views),
        verdict=VERDICTS[merged.verdict[row]],
        p_up=float(merged.p_up[row]),
        best=_best(merged, row),
        disagreement=float(merged.disagreement[row]),
        confidence=float(merged.confidence[row]),
        snapshot=case.snapshot,
        trusts=_trusts(case.views, rules),
        costs={side: float(case.burden.of(side)) for side in SIDES},
    )


def alone(decision: Decision, voices: Collection[str], rules: Rules) -> Decision:
    """What these voices would have decided without the others, at the same costs."""
    views = [view for view in decision.views if view.analyst in voices]
    costs = {side: decision.costs.get(side, 0.0) for side in SIDES}
    burden = Burden(fees=0.0, slippage=0.0, funding=costs)
    return decide(decision.id, decision.question, views, burden, decision.snapshot, rules)


def _trusts(views: Sequence[View], rules: Rules) -> dict[str, Trust]:
    """Of whoever had a say; and without weight of whoever may still be heard, and is scored then."""
    trusts: dict[str, Trust] = {}
    for view in views:
        if isinstance(view, Opinion):
            trusts[view.analyst] = rules.trust(view.analyst)
        elif view.failure == Failure.LATE:
            trusts[view.analyst] = replace(rules.trust(view.analyst), weight=0.0)
    return trusts


def _stakes(cases: Sequence[Case]) -> dict[Side, Stakes]:
    def column(side: Side) -> Stakes:
        asked = [case.question.distances[side] for case in cases]
        return Stakes(np.array([d.stop for d in asked]), np.array([d.target for d in asked]))

    return {side: column(side) for side in SIDES}


def _burden(cases: Sequence[Case]) -> Burden:
    costs = {side: np.array([case.burden.of(side) for case in cases]) for side in SIDES}
    return Burden(fees=0.0, slippage=0.0, funding=costs)


def _best(merged: Merged, row: int) -> Forecast:
    return Forecast(
        side=SIDES[merged.side[row]],
        p_target_first=float(merged.p_target_first[row]),
        break_even=float(merged.break_even[row]),
        expected=float(merged.expected[row]),
    )


def _panel(cases: Sequence[Case]) -> Panel:
    voices = list(zip(*(case.views for case in cases), strict=True))

    def rows(stated: Callable[[Opinion], float]) -> Floats:
        said = [[stated(v) if isinstance(v, Opinion) else np.nan for v in one] for one in voices]
        return np.array(said).reshape(len(voices), len(cases))

    return Panel(
        names=tuple(views[0].analyst for views in voices),
        p_up=rows(attrgetter("p_up")),
        p_target_first={side: rows(partial(_target_first, side)) for side in SIDES},
    )


def _target_first(side: Side, view: Opinion) -> float:
    return view.p_target_first[side]
