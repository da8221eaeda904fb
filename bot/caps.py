"""The hard caps as the environment words them."""

from bot.settings import Settings
from core.guard.caps import STANDARD, Caps


def caps_of(settings: Settings) -> Caps:
    """Percents become fractions; no more leaves within a minute than within an hour."""
    return Caps(
        order=settings.order_cap,
        account=settings.account_cap,
        notional=settings.notional_cap,
        per_minute=min(STANDARD.per_minute, settings.entries_per_hour),
        per_hour=settings.entries_per_hour,
        band=settings.price_band / 100,
        month_loss=settings.month_loss_cap / 100,
    )
