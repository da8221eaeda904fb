"""Pictures of prices and of money, made to be looked at on a phone."""

from bot.charts.painter import Painter

__all__ = ["Painter"]
