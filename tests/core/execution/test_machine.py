"""Any sequence of what people, prices, lines and processes do, held to a simple model at each step.

I1: an entry is sent once and never fills more than its plan. I2: while somebody answers, what is held
has its stops within ten seconds. I3: what only reduces never opens, turns or enlarges anything. I4:
when the line is whole again, ledger and broker agree. I7: money is fills, fees and funding, and
nothing else. And no limit is passed by a card that is approved.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from core.domain.trading import Side
from tests.core.execution.machine import Machine
from tests.core.paper.builders import BTC


def lives(examples, steps):
    Machine.steps = 0
    told = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=examples < 100,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=told)
    return Machine.steps


def test_a_few_lives_break_no_law():
    assert lives(12, 30) > 100


def twice(order):
    return (order, replace(order, client_order_id=order.client_order_id.replace("e1", "e2")))


def opening(order):
    return (replace(order, reduce_only=False),)


@pytest.mark.parametrize("sends", [twice, opening])
def test_a_desk_that_breaks_a_law_is_found_out(sends):
    machine = Machine()
    machine.starts()
    honest = machine.desk.line.place

    async def place(order):
        outcomes = [await honest(one) for one in sends(order)]
        return outcomes[-1]

    machine.desk.line.place = place
    with pytest.raises(AssertionError):
        machine.buys(BTC, Side.BUY, Decimal(1))
        machine.what_reduces_never_opens_or_enlarges()
    machine.teardown()


@pytest.mark.nightly
@pytest.mark.timeout(7200)
def test_many_lives_break_no_law(capsys):
    steps = lives(2_000, 100)
    with capsys.disabled():
        print(f"\n{steps:,} steps, no mismatch")
