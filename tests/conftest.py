"""Imports aiogram the quick way, before a test module imports it the slow one; and hears Ctrl+C.

ccxt leaves another rounding behind in whoever calls it: no test hands that on to the next. Whoever runs the tests in the background of a shell hands down a SIGINT that means nothing, and the
commands that tests interrupt would inherit it.
"""

import os
import signal
from collections.abc import Iterator
from decimal import DefaultContext, setcontext

import pytest
from hypothesis import settings

from bot.late_models import import_aiogram

signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("busy machine", deadline=None)  # speed is no test's business
settings.load_profile("busy machine")
import_aiogram()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a third of the time tests wait for what they have started."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def own_arithmetic() -> Iterator[None]:
    setcontext(DefaultContext.copy())
    yield
    setcontext(DefaultContext.copy())
