"""Shadows over a tape that tells a page at a time, and over markets that are gone."""

from core.domain.trade import Exit
from core.errors import UnknownSymbol
from tests.core.paper.builders import BTC, ETH
from tests.core.test_shadows import PATHS, rejected, shadow

pytest_plugins = "tests.core.desk"


def paged(desk, page: int) -> list[int]:
    """A tape that tells so many bars at a time, as venues do; how many it told each time."""
    whole, told = desk.street.bars, []

    async def bars(symbol, after, until):
        found = (await whole(symbol, after, until))[:page]
        told.append(len(found))
        return found

    desk.street.bars = bars
    return told


async def test_a_shadow_is_followed_beyond_the_first_page_of_the_tape(desk):
    paged(desk, 7)
    card = await rejected(desk)
    await desk.lives(*PATHS[Exit.TIME])
    assert (await shadow(desk, card)).exit is Exit.TIME


async def test_after_a_restart_it_catches_up_page_by_page(desk):
    card = await rejected(desk)
    for bar in PATHS[Exit.TIME]:
        desk.market(bar)
    paged(desk, 7)
    await desk.restarted()
    await desk.works()
    assert (await shadow(desk, card)).exit is Exit.TIME


async def test_what_was_walked_once_is_not_walked_again(desk):
    told = paged(desk, 100)
    await rejected(desk)
    await desk.lives(*["100 101 99.5 100.1"] * 5)
    assert max(told) == 1


async def test_a_shadow_whose_market_is_gone_holds_up_no_other(desk):
    gone, other = await rejected(desk), await rejected(desk, ETH)
    whole = desk.street.instrument

    def instrument(symbol):
        if symbol == BTC:
            raise UnknownSymbol(symbol=symbol, known="")
        return whole(symbol)

    desk.market("100 100 97 97.2")
    desk.market("100 100 97 97.2", symbol=ETH)
    desk.street.instrument = instrument
    await desk.shadows()
    assert (await shadow(desk, gone)).is_live
    assert not (await shadow(desk, other)).is_live
