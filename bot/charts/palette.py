"""The colours of a chart: calm paper, strong ink, and what gain and loss look like to the reader."""

from dataclasses import dataclass

from core.domain.picture import LevelKind, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they mean; `lines` are for overlays and benchmarks, in order.

    The last of them is the panel's, whose second line has the first.
    `faint` and `veil` are the opacities of volume and of shaded zones.
    """

    paper: str
    ink: str
    muted: str
    grid: str
    gain: str
    loss: str
    liquidation: str
    exit: str
    on_colour: str
    faint: float
    veil: float
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """One of the lines' colours; after the last one they begin anew."""
        return self.lines[number % len(self.lines)]

    def level(self, kind: LevelKind) -> str:
        return {
            LevelKind.ENTRY: self.ink,
            LevelKind.STOP: self.loss,
            LevelKind.TARGET: self.gain,
            LevelKind.LIQUIDATION: self.liquidation,
            LevelKind.MARK: self.muted,
            LevelKind.EXIT: self.exit,
        }[kind]


def palette(style: Style) -> Palette:
    """The palette a reader asked for."""
    return _dark(style.red_up) if style.dark else _light(style.red_up)


def _light(red_up: bool) -> Palette:
    green, red, blue = "#0B9B6B", "#E0364A", "#2B66E8"
    return Palette(
        paper="#FFFFFF",
        ink="#10172A",
        muted="#66708A",
        grid="#ECEFF4",
        gain=red if red_up else green,
        loss=blue if red_up else red,
        liquidation="#B4308F",
        exit="#6B4FD8",
        on_colour="#FFFFFF",
        faint=0.24,
        veil=0.13,
        lines=("#E8930C", "#7A5AF8", "#C43D8E", "#0E8FA3"),
    )


def _dark(red_up: bool) -> Palette:
    green, red, blue = "#2DBE8B", "#F4566A", "#5B93FF"
    return Palette(
        paper="#11161F",
        ink="#F1F4F9",
        muted="#93A0B5",
        grid="#212936",
        gain=red if red_up else green,
        loss=blue if red_up else red,
        liquidation="#F078CC",
        exit="#A693FF",
        on_colour="#0B0F16",
        faint=0.32,
        veil=0.17,
        lines=("#F5B544", "#A48BFF", "#F59AD1", "#45C4D6"),
    )
