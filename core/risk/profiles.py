"""The three profiles people choose from. None may lose more than 2 % of equity in a month."""

from datetime import timedelta
from decimal import Decimal

from core.domain.people import Limits, Profile

LIMITS: dict[Profile, Limits] = {
    Profile.CAUTIOUS: Limits(
        risk_per_trade=Decimal("0.0015"),
        leverage=2,
        max_positions=2,
        day_loss=Decimal("0.003"),
        week_loss=Decimal("0.006"),
        month_loss=Decimal("0.010"),
        reward_ratio=Decimal("2.0"),
        cool_down=timedelta(hours=8),
        cool_down_two_stops=timedelta(hours=24),
        same_direction_risk=Decimal("0.003"),
        exposure=Decimal("0.8"),
        autopilot_risk=Decimal(0),
        autopilot_entries=0,
    ),
    Profile.BALANCED: Limits(
        risk_per_trade=Decimal("0.0025"),
        leverage=3,
        max_positions=3,
        day_loss=Decimal("0.005"),
        week_loss=Decimal("0.010"),
        month_loss=Decimal("0.015"),
        reward_ratio=Decimal("1.6"),
        cool_down=timedelta(hours=4),
        cool_down_two_stops=timedelta(hours=12),
        same_direction_risk=Decimal("0.005"),
        exposure=Decimal("1.2"),
        autopilot_risk=Decimal("0.0012"),
        autopilot_entries=2,
    ),
    Profile.BOLD: Limits(
        risk_per_trade=Decimal("0.0040"),
        leverage=5,
        max_positions=4,
        day_loss=Decimal("0.008"),
        week_loss=Decimal("0.014"),
        month_loss=Decimal("0.020"),
        reward_ratio=Decimal("1.4"),
        cool_down=timedelta(hours=2),
        cool_down_two_stops=timedelta(hours=6),
        same_direction_risk=Decimal("0.008"),
        exposure=Decimal("2.0"),
        autopilot_risk=Decimal("0.0025"),
        autopilot_entries=4,
    ),
}
