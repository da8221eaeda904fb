"""Several things at once, none of which keeps another from its end."""

import asyncio
from collections.abc import Coroutine, Iterable


async def side_by_side(work: Iterable[Coroutine[None, None, None]]) -> None:
    """In the order given as far as nobody waits; then raises the first failure."""
    for ended in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended
