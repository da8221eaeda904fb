"""The ids under which orders are known to the venue, and read back from it."""

import re

import pytest

from core.domain.intent import Role
from core.execution.names import is_ours, order_id, place_of, role_of, trade_of
from tests.builders import intent

ROLES = pytest.mark.parametrize("role", Role)


@ROLES
def test_an_id_says_whose_order_it_is_and_what_for(role):
    name = order_id("k7q2e3", role, ())
    assert trade_of(name) == "k7q2e3"
    assert role_of(name) is role


@ROLES
def test_every_venue_accepts_an_id(role):
    before = [intent(role=role)] * 1_000
    assert re.fullmatch("[a-z0-9]{1,28}", order_id("k7q2e3", role, before))


def test_ids_are_numbered_within_their_role():
    before = [intent(role=Role.ENTRY), intent(role=Role.STOP), intent(role=Role.STOP)]
    assert order_id("k7q2e3", Role.STOP, before) == "k7q2e3s3"
    assert order_id("k7q2e3", Role.TARGET, before) == "k7q2e3ta1"


def test_a_restart_makes_the_same_ids_again():
    before = [intent(role=Role.ENTRY), intent(role=Role.STOP)]
    first, second = (order_id("k7q2e3", Role.CLOSE, before) for _ in range(2))
    assert first == second


def test_a_targets_id_says_which_target_it_is_for():
    name = order_id("k7q2e3", Role.TARGET, [intent(role=Role.TARGET)], place=1)
    assert (name, place_of(name)) == ("k7q2e3tb2", 1)


@ROLES
def test_the_desk_knows_its_own_ids(role):
    assert is_ours(order_id("k7q2e3", role, (), place=2))


@pytest.mark.parametrize(
    "name",
    ["", "liquidation", "web_4711", "k7q2e3", "k7q2e3s", "k7q2e3t1", "k7q2e3x1", "K7Q2E3S1"],
)
def test_nobody_elses_id_is_the_desks(name):
    assert not is_ours(name)
