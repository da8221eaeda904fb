"""The real process, killed in the middle of it: only at night, since it starts so many times."""

import pytest

from tests.simulation.orders.command import main


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_a_process_that_is_killed_at_any_moment_breaks_nothing():
    assert main(["--kill", "20"]) == 0
