"""Strangers may send what they like: the desk takes no more than it wants, from nobody inside."""

import asyncio
import gzip
import logging
import time
from datetime import timedelta

import pytest

from bot.news.errors import Failed, Refused
from bot.news.fetching import MOST_BYTES, Page
from bot.news.inflating import unpacker
from bot.process import start_logging
from tests.bot.news.stranger import answer, drip, flood, moved, stranger
from tests.builders import NOON
from tests.fakes import FakeClock

BODY = b"<rss version='2.0'><channel/></rss>"


@pytest.fixture
async def there():
    async with stranger("other.example") as server:
        yield server


async def test_a_page_comes_whole_under_the_name_that_was_asked(there):
    there.pages["/feed?x=1"] = answer(BODY, ETag='"7"', Last_Modified="Mon, 01 Jan 2024")
    page = await there.fetch()(there.url("/feed?x=1"), {"If-None-Match": '"6"'})
    assert page == Page(BODY, '"7"', "Mon, 01 Jan 2024")
    (asked,) = there.asked
    assert asked["host"] == f"news.example:{there.port}"
    assert asked["if-none-match"] == '"6"'
    assert "cookie" not in asked


async def test_the_connection_goes_to_the_address_that_was_checked(there):
    """A name that leads inside the second time is never asked a second time."""
    there.names["news.example"] = [["127.0.0.1"], ["169.254.169.254"]]
    there.pages["/feed"] = answer(BODY)
    assert (await there.fetch()(there.url())).body == BODY
    assert there.looked == ["news.example"]


async def test_a_name_that_leads_inside_even_once_is_refused(there):
    there.names["news.example"] = [["127.0.0.1", "10.0.0.1"]]
    with pytest.raises(Refused, match=r"'10\.0\.0\.1', which is not a public address"):
        await there.fetch()(there.url())
    assert there.asked == []


async def test_without_the_allowance_of_this_test_loopback_is_refused(there):
    from bot.news.guard import is_public

    with pytest.raises(Refused, match="not a public address"):
        await there.fetch(permits=is_public)(there.url())


async def test_a_certificate_for_another_name_is_no_answer(there):
    with pytest.raises(Failed, match="ConnectError"):
        await there.fetch()(there.url(host="third.example"))
    assert there.asked == []


async def test_when_one_address_is_silent_the_next_is_tried(there):
    there.names["news.example"] = [["127.0.0.2", "127.0.0.1"]]
    there.pages["/feed"] = answer(BODY)
    fetch = there.fetch(permits=lambda address: address.is_loopback)
    assert (await fetch(there.url())).body == BODY


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 T", "308 P"])
async def test_a_redirect_is_followed_and_checked_again(there, status):
    there.pages["/feed"] = moved("/next", status)
    there.pages["/next"] = moved(there.url("/last", "other.example"), status)
    there.pages["/last"] = answer(BODY)
    assert (await there.fetch()(there.url())).body == BODY
    assert there.looked == ["news.example", "news.example", "other.example"]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("https://169.254.169.254/latest/meta-data/", "not a public address"),
        ("http://169.254.169.254/", "only https"),
        ("file:///etc/passwd", "only https"),
        ("FILE:///etc/passwd", "only https"),
        ("gopher://127.0.0.1/", "only https"),
        ("//169.254.169.254/x", "not a public address"),
        ("https://[::ffff:169.254.169.254]/", "not a public address"),
        ("https://2852039166/", "number in disguise"),
        ("https://0251.0376.0251.0376/", "no address at all"),
        ("https://other.example@169.254.169.254/", "user's name"),
        ("https://inside.example/", "not a public address"),
        ("https://other.example\\@169.254.169.254/", "odd signs"),
        ("", "redirects"),
    ],
)
async def test_a_redirect_to_where_nobody_should_go_is_refused(there, location, why):
    there.names["inside.example"] = [["192.168.1.1"]]
    there.pages["/feed"] = moved(location)
    with pytest.raises(Refused, match=why):
        await there.fetch()(there.url())


async def test_redirects_come_to_an_end(there):
    there.pages["/feed"] = moved("/feed")
    with pytest.raises(Refused, match="more than 3 redirects"):
        await there.fetch()(there.url())
    assert len(there.asked) == 4


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://news.example/", "/etc/passwd"])
async def test_nothing_but_https_is_asked(there, address):
    with pytest.raises(Refused, match="only https"):
        await there.fetch()(address)
    assert there.looked == []


async def test_eighty_megabytes_are_refused_when_they_are_announced(there):
    there.pages["/feed"] = answer(b"x", Content_Length=str(80_000_000))
    with pytest.raises(Refused, match="more than 2 MB"):
        await there.fetch()(there.url())


async def test_eighty_megabytes_are_refused_when_they_are_not_announced(there):
    there.pages["/feed"] = flood(80)
    begun = time.perf_counter()
    with pytest.raises(Refused, match="more than 2 MB"):
        await there.fetch()(there.url())
    assert time.perf_counter() - begun < 5


async def test_a_small_package_that_unpacks_to_a_gigabyte_is_refused(there):
    bomb = gzip.compress(b"\0" * 200_000_000)
    assert len(bomb) < MOST_BYTES / 8
    there.pages["/feed"] = answer(bomb, Content_Encoding="gzip")
    with pytest.raises(Refused, match="more than 2 MB"):
        await there.fetch()(there.url())


async def test_a_package_is_unpacked_and_a_strange_or_broken_one_is_not(there):
    there.pages["/feed"] = answer(gzip.compress(BODY), Content_Encoding="gzip")
    assert (await there.fetch()(there.url())).body == BODY
    there.pages["/feed"] = answer(b"not gzip at all", Content_Encoding="gzip")
    with pytest.raises(Failed, match="broken package"):
        await there.fetch()(there.url())
    there.pages["/feed"] = answer(b"?", Content_Encoding="br")
    with pytest.raises(Failed, match="nobody asked for"):
        await there.fetch()(there.url())


async def test_packages_behind_one_another_are_one_answer(there):
    both = gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]) + b"\0" * 8
    there.pages["/feed"] = answer(both, Content_Encoding="gzip")
    assert (await there.fetch()(there.url())).body == BODY


def test_a_package_may_come_in_any_pieces():
    both = gzip.compress(BODY) * 2 + b"\0" * 8
    unpack = unpacker("gzip", MOST_BYTES)
    assert b"".join(unpack.take(bytes([sign])) for sign in both) == BODY * 2
    unpack.end()


async def test_half_a_package_is_no_answer(there):
    there.pages["/feed"] = answer(gzip.compress(BODY)[:-10], Content_Encoding="gzip")
    with pytest.raises(Failed, match="half a package"):
        await there.fetch()(there.url())


async def test_a_slow_drip_is_cut_off_in_all(there):
    there.pages["/feed"] = drip()
    begun = time.perf_counter()
    with pytest.raises(Failed, match=r"within 0\.4 seconds"):
        await there.fetch(patience=timedelta(seconds=0.4))(there.url())
    assert time.perf_counter() - begun < 2


async def test_a_chain_of_slow_redirects_has_one_patience(there):
    async def slow(writer):
        await asyncio.sleep(0.3)
        await moved("/feed")(writer)

    there.pages["/feed"] = slow
    with pytest.raises(Failed, match=r"within 0\.5 seconds"):
        await there.fetch(patience=timedelta(seconds=0.5))(there.url())


async def test_what_has_not_changed_has_no_body(there):
    there.pages["/feed"] = answer(status="304 Not Modified", Content_Length=None)
    assert await there.fetch()(there.url()) == Page(b"")


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("99999999999999", timedelta(days=1)),
        ("Mon, 01 Jan 2024 12:10:00 GMT", timedelta(minutes=10)),
        ("Mon, 01 Jan 2024 11:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("\u00b2", None),
        ("", None),
    ],
)
async def test_a_source_may_ask_to_be_left_alone(there, said, wait):
    there.pages["/feed"] = answer(status="429 Too Many", Retry_After=said)
    with pytest.raises(Failed, match="HTTP 429") as failed:
        await there.fetch(FakeClock(NOON))(there.url())
    assert failed.value.wait == wait


async def test_no_sentence_carries_an_address_that_may_hold_a_key(there):
    for page in (answer(status="500 No"), moved("file:///x"), drip()):
        there.pages["/feed?auth_token=hush"] = page
        with pytest.raises((Failed, Refused)) as told:
            await there.fetch(patience=timedelta(seconds=0.3))(there.url("/feed?auth_token=hush"))
        assert "hush" not in str(told.value)


async def test_no_log_carries_a_key_however_much_is_logged(there, caplog):
    start_logging("DEBUG")
    caplog.set_level(logging.DEBUG)
    there.pages["/feed?auth_token=hush"] = answer(BODY)
    await there.fetch()(there.url("/feed?auth_token=hush"))
    assert "hush" not in caplog.text


async def test_garbage_is_no_answer(there):
    async def garbage(writer):
        writer.write(b"\0\1\2 not http at all\r\n\r\n")

    there.pages["/feed"] = garbage
    with pytest.raises(Failed, match="no answer"):
        await there.fetch()(there.url())
