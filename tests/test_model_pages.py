"""What the pages for owners say of models is what the code does."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.analysts.clients import RETRIES, TOTAL
from bot.analysts.lines import CONNECT
from bot.analysts.models_file import load_catalogue
from bot.analysts.opening import PATIENCE_FOR_NEWS
from bot.cost.assuming import USUAL
from bot.cost.reckoning import UNTRIED, Reckoning
from bot.cost.sizing import sizes
from bot.storage.minutes import KEPT
from core.committee.brake import COUNTS_FOR
from core.committee.calibration import UNPROVEN_MODEL
from core.committee.merging import DISAGREEMENT_ENDS, SPLIT_MARGIN
from core.domain.market import Timeframe
from core.domain.people import Language
from core.prompt.opinions import HIGHEST, LOWEST
from core.scoring.believing import MEMORY, PERIOD
from core.scoring.effective import RHO
from core.scoring.fitting import FOR_A_MODEL
from core.scoring.hedging import PACE
from core.spending.ladder import STEPS
from core.voices.breaker import MOST, REST
from core.voices.consult import MOST as LONGEST
from core.voices.duty import SELDOM
from core.voices.gating import GATE

ROOT = Path(__file__).parents[1]
PAGES = {
    Language.EN: (ROOT / "docs" / "committee.md").read_text(encoding="utf-8"),
    Language.KO: (ROOT / "docs" / "committee.ko.md").read_text(encoding="utf-8"),
}
FRONTS = {
    Language.EN: (ROOT / "README.md").read_text(encoding="utf-8"),
    Language.KO: (ROOT / "README.ko.md").read_text(encoding="utf-8"),
}
NUMBERS = [
    f"{GATE.moved} ATR",
    f"{LOWEST}",
    f"{HIGHEST}",
    f"{UNPROVEN_MODEL.slope}",
    f"{FOR_A_MODEL.shift_spread}",
    f"{FOR_A_MODEL.slope_spread}",
    f"(S − 1) · {RHO}",
    f"e^(−{PACE.rate:g} · ",
    f"{PACE.patience:g}",
    f"{KEPT.days}",
    *(f"{step * 100:.0f}" for step in STEPS.values()),
]
SAME = [
    (GATE.closes, 6),
    (SPLIT_MARGIN, 0.03),
    (DISAGREEMENT_ENDS, 0.10),
    (COUNTS_FOR, timedelta(days=1)),
    ((PACE.share, PACE.floor, PACE.cap, PACE.step), (0.01, 0.10, 0.60, 0.02)),
    ((PERIOD, MEMORY), (timedelta(hours=6), timedelta(days=365))),
    ((CONNECT, TOTAL, RETRIES), (5, 45, 2)),
    (PATIENCE_FOR_NEWS, timedelta(seconds=30)),
    (LONGEST, timedelta(seconds=90)),
    ((MOST, REST), (3, timedelta(minutes=15))),
    (SELDOM, 4),
]
ROW = re.compile(r"^\| (\d+)(?: coins|종목) \|([ \d|]+)\|$", re.MULTILINE)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("number", NUMBERS)
def test_the_committees_page_tells_the_numbers_of_the_code(language, number):
    assert number in PAGES[language]


@pytest.mark.parametrize(("is_so", "told"), SAME)
def test_what_the_page_says_in_words_is_still_so(is_so, told):
    assert is_so == told


@pytest.mark.parametrize("language", Language)
def test_the_example_of_a_model_of_ones_own_can_be_used_as_it_stands(language, tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", FRONTS[language], re.DOTALL)
    file = tmp_path / "models.toml"
    file.write_text(example, encoding="utf-8")
    home = load_catalogue(file).profile("home")
    assert home.main == home.voices[0].name
    assert home.verifier


@pytest.mark.parametrize("language", Language)
def test_the_costs_on_the_front_page_are_those_of_the_price_table(language):
    catalogue = load_catalogue()
    assert f"{catalogue.as_of}" in FRONTS[language]
    rows = ROW.findall(FRONTS[language])
    assert [int(count) for count, _ in rows] == [3, 10]
    for count, costs in rows:
        rendered = sizes(int(count), Timeframe.H1, language, USUAL)
        reckoning = Reckoning(catalogue, rendered, USUAL, UNTRIED)
        told = [int(cost) for cost in costs.split("|")]
        found = [
            float(reckoning.cost(profile, int(count), Timeframe.H1).month)
            for profile in ("economy", "balanced", "quality")
        ]
        assert told == pytest.approx(found, rel=0.1, abs=1)
