"""A venue is opened by its name, and a name that nobody knows is answered with those that are."""

import pytest

from bot.errors import Stop, VenueBusy, VenueUnavailable
from bot.exchanges.sources import open_source

OPENERS = {"binance": lambda: "Binance's archive", "bybit": lambda: "Bybit's archive"}


def test_a_venue_is_opened_by_its_name():
    assert open_source("Binance", OPENERS) == "Binance's archive"


def test_an_unknown_venue_is_answered_with_the_known_ones():
    with pytest.raises(Stop, match="mtgox: no venue of this name; there is binance, bybit"):
        open_source("mtgox", OPENERS)


def test_a_busy_venue_is_one_that_may_answer_later():
    error = VenueBusy("binance asks to wait", 30)
    assert isinstance(error, VenueUnavailable)
    assert (str(error), error.retry_after) == ("binance asks to wait", 30)
