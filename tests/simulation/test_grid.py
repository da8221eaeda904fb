"""A few cells of the grid of faults, and the proof that it would notice."""

import pytest

from bot.broker.broker import CcxtBroker
from core.domain.trading import Refused, Unknown
from tests.simulation.orders.command import main
from tests.simulation.orders.grid.cells import Cell, Fault, Operation, Phase, cells
from tests.simulation.orders.grid.command import possible, sample
from tests.simulation.orders.grid.impossible import RULES, reason
from tests.simulation.orders.grid.rig import rig
from tests.simulation.orders.grid.strikes import strikes

SEED, MOST = 1, 30


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level("CRITICAL")


@pytest.fixture
async def grid(tmp_path):
    async with rig(tmp_path) as made:
        yield made


@pytest.mark.timeout(120)
async def test_every_fault_and_every_venue_is_met_and_nothing_is_broken(grid):
    results = [await grid.plays(cell, most=1) for cell in sample(SEED)]
    assert {r.cell.name: r.broken for r in results if r.broken} == {}
    assert {r.cell.name: r.unseen for r in results if r.unseen} == {}
    assert {r.cell.fault for r in results} == {*Fault} - {Fault.STREAM}
    assert len(results) <= MOST


def test_a_cell_is_executed_or_there_is_a_reason_why_not():
    for cell in cells():
        assert bool(reason(cell)) or strikes(cell), cell.name


def test_every_reason_is_needed():
    used = {reason(cell) for cell in cells()}
    assert {why for why, _ in RULES} <= used


def test_cells_are_chosen_by_their_names():
    named = possible("kill/okx/entry")
    assert [cell.phase for cell in named] == [*Phase]
    assert possible("kill/okx/entry/P3") == [named[3]]
    assert possible("stream") == []


class Believes(CcxtBroker):
    """An answer that got lost is a refusal."""

    async def _place(self, order):
        outcome = await CcxtBroker._place(self, order)
        lost = isinstance(outcome, Unknown)
        return Refused(order.client_order_id, "lost") if lost else outcome


async def test_a_broker_that_takes_silence_for_a_refusal_is_found_out(grid, monkeypatch):
    monkeypatch.setattr("bot.broker.opening.CcxtBroker", Believes)
    cell = Cell("binance", Operation.ENTRY, Phase.P3, Fault.RESET)
    broken = (await grid.plays(cell)).broken
    assert any("I1" in words for words in broken), broken


async def test_a_desk_that_is_a_minute_late_with_its_stop_is_found_out(grid, monkeypatch):
    async def nothing(_self):
        return None

    for step in ("__call__", "hurry"):
        monkeypatch.setattr(f"core.execution.protecting.ProtectPositions.{step}", nothing)
    cell = Cell("binance", Operation.ENTRY, Phase.P5, Fault.KILL)
    broken = (await grid.plays(cell)).broken
    assert any("I2" in words for words in broken), broken


async def test_a_fault_that_does_not_happen_is_said(grid, monkeypatch):
    monkeypatch.setattr("tests.simulation.orders.grid.line.Line.arrives", lambda *_: None)
    cell = Cell("bybit", Operation.ENTRY, Phase.P3, Fault.PAGE)
    assert (await grid.plays(cell)).unseen == ("page",)


@pytest.mark.nightly
@pytest.mark.timeout(14_400)
def test_the_whole_grid_breaks_nothing():
    assert main(["--grid"]) == 0
