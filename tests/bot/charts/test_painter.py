"""The painter answers PNGs, draws once what is the same, and leaves the event loop alone."""

import asyncio
import struct
import subprocess
import sys
import zlib
from collections.abc import Awaitable
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest

from bot.charts import Painter, painter
from bot.charts.drawing import draw
from bot.charts.png import encode
from core.domain.picture import Style
from tests.bot.charts.pictures import bare, candles, equity

SIZE = (1080, 900)


async def test_a_picture_is_a_png_for_a_phone():
    for png in (await Painter().candles(candles()), await Painter().equity(equity())):
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">2I", png[16:24]) == SIZE
        assert len(png) < 150_000


def test_pixels_survive_the_encoding():
    pixels = np.random.default_rng(1).integers(0, 256, (4, 5, 4), dtype=np.uint8)
    png = encode(pixels)
    start = png.index(b"IDAT")
    length = int.from_bytes(png[start - 4 : start], "big")
    rows = np.frombuffer(zlib.decompress(png[start + 4 : start + 4 + length]), np.uint8)
    assert (rows.reshape(4, 16)[:, 1:].reshape(4, 5, 3) == pixels[:, :, :3]).all()
    assert png.endswith(b"IEND\xaeB`\x82")


def test_the_same_picture_gives_the_same_bytes():
    assert draw(candles()) == draw(candles())
    assert draw(equity()) == draw(equity())


@pytest.fixture
def drawings(monkeypatch):
    """Counts what is drawn instead of drawing it."""
    drawn = []

    def count(picture):
        drawn.append(picture)
        return f"{len(drawn)}".encode()

    monkeypatch.setattr(painter, "_draw", count)
    return drawn


async def test_a_picture_is_drawn_once_even_when_asked_for_twice_at_once(drawings):
    easel = Painter()
    answers = await asyncio.gather(easel.candles(candles()), easel.candles(candles()))
    assert answers == [b"1", b"1"]
    assert len(drawings) == 1


async def test_another_word_style_or_price_is_another_picture(drawings):
    easel, picture = Painter(), bare()
    for other in (
        picture,
        replace(picture, title="other"),
        replace(picture, style=Style(dark=True)),
        replace(picture, frame=bare(119).frame),
        replace(picture, watermark="합성"),
    ):
        await easel.candles(other)
    assert len(drawings) == 5


async def test_the_picture_that_was_asked_for_longest_ago_is_forgotten_first(drawings):
    easel = Painter(cached=2)
    first, second, third = (replace(bare(), title=title) for title in "abc")
    for picture in (first, second, first, third, first):
        await easel.candles(picture)
    assert len(drawings) == 3
    await easel.candles(second)
    assert len(drawings) == 4


async def test_an_error_while_drawing_reaches_the_caller_and_the_next_one_is_drawn():
    easel = Painter()
    broken = replace(bare(), style=Style(timezone="Nowhere/None"))
    with pytest.raises(KeyError):
        await easel.candles(broken)
    assert await easel.candles(bare())


async def longest_pause(work: Awaitable[bytes]) -> float:
    """How long, in ms, the event loop went without a heartbeat while the work was done."""
    pauses, done = [0.0], asyncio.Event()

    async def beat() -> None:
        while not done.is_set():
            before = perf_counter()
            await asyncio.sleep(0.001)
            pauses.append(perf_counter() - before)

    async with asyncio.TaskGroup() as group:
        group.create_task(beat())
        await work
        done.set()
    return 1000 * max(pauses)


async def test_drawing_does_not_hold_up_the_event_loop():
    easel = Painter()
    await easel.candles(candles())
    pauses = [await longest_pause(easel.candles(candles(seed=seed))) for seed in range(5)]
    # The best of five: a busy machine stops everybody now and then.
    assert min(pauses) < 50


def test_matplotlib_waits_until_the_first_picture():
    code = "import sys, bot.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_home_that_cannot_be_written_does_not_matter(tmp_path):
    code = "from bot.charts.drawing import draw; from tests.bot.charts.pictures import bare; draw(bare())"
    environment = {"HOME": "/dev/null", "TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == 0
    assert any(tmp_path.iterdir()) is False
