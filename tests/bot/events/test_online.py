"""A calendar on the net is read as text, or is not there."""

from types import SimpleNamespace

import pytest

from bot.events.online import OnlineFeed
from bot.news.errors import Failed, Refused
from core.errors import FeedUnavailable

ADDRESS = "https://calendar.example/desk.ics"


def feed(answer):
    async def fetch(address):
        assert address == ADDRESS
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(body=answer)

    return OnlineFeed(ADDRESS, fetch)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "with a byte order mark"])
async def test_it_is_read_as_text(mark):
    assert await feed(mark + "BEGIN:VCALENDAR 한국".encode()).read() == "BEGIN:VCALENDAR 한국"


@pytest.mark.parametrize("wrong", [Failed("timeout"), Refused("too large"), b"\xff\xfeB"])
async def test_what_cannot_be_read_is_said_as_a_feed_that_is_away(wrong):
    with pytest.raises(FeedUnavailable) as told:
        await feed(wrong).read()
    assert ADDRESS not in str(told.value.numbers)
