"""The ids under which orders are known to the venue, and read back from it."""

import re

import pytest

from core.domain.intent import Role
from core.execution.names import order_id, role_of, trade_of
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
    assert order_id("k7q2e3", Role.TARGET, before) == "k7q2e3t1"


def test_a_restart_makes_the_same_ids_again():
    before = [intent(role=Role.ENTRY), intent(role=Role.STOP)]
    first, second = (order_id("k7q2e3", Role.CLOSE, before) for _ in range(2))
    assert first == second
