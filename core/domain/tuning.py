"""The numbers behind the desk's question and its rules: what a search may turn, and a person adopts."""

from dataclasses import dataclass

VOICES = ("trend", "mean_reversion", "breakout")
LONGEST = 500  # candles: what a living desk remembers holds precedents of no longer horizons


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """The defaults are the ones to ship. Periods and `horizon` are candles.

    `stop_in_atr` and `target_in_stops` place the levels; a `fixed_stop` above 0 is a fraction of
    the price and takes the ATR's place. `trend_in_atr` and `trend_adx` say what a trend is,
    `stretched` how many deviations from the mean are far, `fresh` how long a breakout of the
    `channel` is news. `prior` is how many outcomes chance is worth, `quorum` how many voices a
    trade needs, `hurdle` the least expected gain after costs, as a fraction of notional.
    """

    horizon: int = 48
    stop_in_atr: float = 2.0
    target_in_stops: float = 2.6
    fixed_stop: float = 0.0
    trend_in_atr: float = 0.5
    trend_adx: float = 18.0
    stretched: float = 1.5
    fresh: int = 6
    channel: int = 48
    prior: float = 30.0
    quorum: int = 2
    hurdle: float = 0.0
    voices: tuple[str, ...] = VOICES

    def __post_init__(self) -> None:
        if not (self.stop_in_atr > 0 and self.target_in_stops > 0):
            raise ValueError("stop and target distances must be positive")
        if not (1 <= self.horizon <= LONGEST and 1 <= self.fresh <= LONGEST):
            raise ValueError(f"horizon and fresh must lie in 1..{LONGEST} candles")
        if not 2 <= self.channel <= LONGEST:
            raise ValueError(f"a channel must span 2..{LONGEST} candles")
        if self.prior < 0 or self.quorum < 1 or not 0 <= self.fixed_stop < 1:
            raise ValueError("prior, quorum or fixed stop are out of their range")
        if not self.voices:
            raise ValueError("somebody must speak: voices are empty")


STANDARD = Tuning()
