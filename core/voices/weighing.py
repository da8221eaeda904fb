"""How an account is spread over its symbols, in the steps in which it can be talked about."""

from collections.abc import Mapping
from decimal import Decimal

STEP = 5
STEPS = 100 // STEP


def weights_of(values: Mapping[str, Decimal], equity: Decimal) -> dict[str, int]:
    """Percents of the equity, or of all that is held where leverage makes that more.

    What they leave to 100 is cash. Each is rounded so that all of them together err least.
    """
    held = sum(values.values(), Decimal(0))
    whole = max(equity, held)
    if whole <= 0:
        return dict.fromkeys(values, 0)
    shares = [value / whole * STEPS for value in (*values.values(), whole - held)]
    floors = [int(share) for share in shares]
    missing = STEPS - sum(floors)
    nearest = sorted(range(len(shares)), key=lambda n: floors[n] - shares[n])
    raised = set(nearest[:missing])
    return {name: STEP * (floors[n] + (n in raised)) for n, name in enumerate(values)}
