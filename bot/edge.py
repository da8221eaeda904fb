"""The process's outermost edge: what breaks in one task is written down, and the next one runs."""

import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

Failed = Callable[[Exception], Awaitable[None]]


async def survives(
    what: str, act: Callable[[], Awaitable[object]], failed: Failed | None = None
) -> bool:
    """Did it work? The only place in the project that catches whatever comes."""
    try:
        await act()
    except Exception as error:
        logger.exception("%s failed", what)
        if failed is not None:
            await failed(error)
        return False
    return True
