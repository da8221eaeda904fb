"""From a decision to the trade that it asks for, before risk has a say."""

from decimal import Decimal

from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Approval
from core.domain.proposal import Candidate, Refusal, Rule
from core.domain.trading import Side

SMALLEST_SCALE = Decimal("0.01")


def candidate_of(decision: Decision, settings: AccountSettings) -> Candidate | Refusal:
    """The trade that a decision asks for; the autopilot asks for less than a person may."""
    side = decision.side
    if side is None or decision.confidence <= 0:
        return Refusal(Rule.NO_EDGE, {"verdict": str(decision.verdict)})
    return candidate_for(decision, side, scale_of(decision.confidence, settings))


def scale_of(confidence: float, settings: AccountSettings) -> Decimal:
    """Which part of the risk per trade a decision asks for."""
    scale = max(Decimal(str(round(confidence, 2))), SMALLEST_SCALE)
    autopilot = settings.limits.autopilot_risk / settings.limits.risk_per_trade
    if settings.approval is Approval.AUTOPILOT and autopilot:
        scale *= autopilot
    return scale


def candidate_for(decision: Decision, side: Side, scale: Decimal) -> Candidate:
    distances = decision.question.distances[side]
    return Candidate(
        symbol=decision.symbol,
        side=side,
        stop_distance=fraction(distances.stop),
        target_distance=fraction(distances.target),
        horizon=decision.question.horizon,
        decision_id=decision.id,
        scale=min(scale, Decimal(1)),
    )


def fraction(number: float) -> Decimal:
    """Floats only look; money starts here, with six digits."""
    return Decimal(str(round(number, 6)))
