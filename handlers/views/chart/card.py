"""A chart as a message: picture, words, and buttons that each say what it would show next."""

from collections.abc import Sequence

from core.chart import ChartFacts
from core.domain.market import Timeframe
from handlers.views.chart.caption import caption
from handlers.views.chart.looks import Looks, Overlay, Study
from handlers.views.chart.picture import picture
from handlers.views.status import chosen
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader


def chart_view(
    reader: Reader, facts: ChartFacts, shown: Looks, frames: Sequence[Timeframe]
) -> View:
    """`frames` are the timeframes that this market has."""
    keys = _keys(reader, facts, shown, frames)
    return View(caption(reader, facts, shown), keys, picture(reader, facts, shown))


def _keys(
    reader: Reader, facts: ChartFacts, shown: Looks, frames: Sequence[Timeframe]
) -> Keyboard:
    """Timeframes, what lies over the candles, what lies below them; then the same again, now."""
    symbol, t, now = facts.snapshot.symbol, reader.t, facts.snapshot.frame.timeframe

    def key(label: str, frame: Timeframe, look: Looks) -> Key:
        return Key(label, Verb.CHART, symbol, f"{frame} {look}")

    return (
        tuple(key(chosen(frame.value, frame is now), frame, shown) for frame in frames),
        tuple(
            key(chosen(t.of("overlay", o), o in shown.overlays), now, shown.turned(o))
            for o in Overlay
        ),
        tuple(key(chosen(t.of("study", s), s is shown.study), now, shown.below(s)) for s in Study),
        (key(t("chart.refresh"), now, shown), Key(t("chart.analyze"), Verb.ANALYZE, symbol)),
    )
