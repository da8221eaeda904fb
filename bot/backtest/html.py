"""A backtest as one page that needs nothing else: charts, months, figures, trades, settings."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.backtest import parts
from bot.backtest.typeface import typefaces
from bot.charts.drawing import draw
from core.backtest.record import Record
from core.domain.picture import EquityPicture, HeatPicture
from core.domain.trade import Trade
from handlers.views.backtest import figures, question
from handlers.views.backtest.picture import equity_picture
from handlers.words import Reader

TEMPLATE = "report.html.j2"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing for each paper, as data URIs."""

    words: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class More:
    """What another command has to say above the trades: sentences, charts and tables."""

    words: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[parts.Table, ...] = ()


NOTHING_MORE = More()


def page(
    reader: Reader, record: Record, trades: Sequence[Trade], csv: str, more: More = NOTHING_MORE
) -> str:
    """HTML. Of the trades the last SHOWN are listed; `csv` is the file that has them all."""
    said = _said(reader, record, trades, csv) | {"more": more}
    template = _template()
    bare = template.render(said, typefaces=())
    return template.render(said, typefaces=typefaces(bare)).lstrip()


def _said(reader: Reader, record: Record, trades: Sequence[Trade], csv: str) -> dict[str, object]:
    t, shown = reader.t, trades[: -SHOWN - 1 : -1]
    return dict(  # noqa: C408 - reads as the template's arguments
        language=reader.person.language.value,
        red_up=reader.red_up,
        title=question.title(reader, record.question),
        period=question.period(record.question),
        headline=figures.headline(reader, record),
        banner=record.banner.value,
        verdict=question.verdict(reader, record),
        charts=_charts(reader, record),
        tiles=parts.tiles(reader, record.figures),
        months=parts.month_table(reader, record.figures),
        lists=parts.lists(reader, record),
        slices=parts.slice_tables(reader, record.figures),
        trades=parts.trade_table(reader, shown, len(trades)),
        measured=t("backtest.measured"),
        csv=csv,
        csv_words=t("page.csv", file=csv),
        made=question.made(reader, record),
    )


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE)


def _charts(reader: Reader, record: Record) -> tuple[Chart, ...]:
    """The desk alone, where small moves show; then beside buying and holding."""
    t = reader.t
    light, dark = (equity_picture(reader, record, dark=dark) for dark in (False, True))
    return (
        Chart(t("arm.desk"), *(drawn(replace(one, benchmarks=())) for one in (light, dark))),
        Chart(t("arm.hold"), *(drawn(replace(one, drawdown=None)) for one in (light, dark))),
    )


def drawn(picture: EquityPicture | HeatPicture) -> str:
    """A data URI."""
    return f"data:image/png;base64,{base64.b64encode(draw(picture)).decode()}"
