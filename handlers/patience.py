"""Work that may wait for models: shown at once where it is quick, else announced and done beside.

The updates of a chat are answered one after the other; nobody who wants to close a position may
have to wait until a model has spoken.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from core.errors import DeskError
from handlers.errors import told
from handlers.later import Later
from handlers.screens import Screen
from handlers.views.view import View

SOON = 1.5
Work = Callable[[], Awaitable[None]]


async def patiently(screen: Screen, later: Later, work: Work, announced: str) -> None:
    """`announced` is the key of what is said when it takes longer. Raises what the work raises as
    long as somebody waits for it.
    """
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    later(timedelta(0), partial(_do, screen, work, over), partial(_broken, screen, over))
    done, _ = await asyncio.wait({over}, timeout=SOON)
    if done:
        over.result()
        return
    over.cancel()
    await screen.show(View(screen.reader.t(announced)), silent=True)


async def _do(screen: Screen, work: Work, over: "asyncio.Future[None]") -> None:
    try:
        await work()
    except DeskError as error:
        await _told(screen, over, error, told(screen.reader, error))
    else:
        if not over.done():
            over.set_result(None)


async def _broken(screen: Screen, over: "asyncio.Future[None]", error: Exception) -> None:
    """A bug, or a line that is down: nobody is left waiting for nothing."""
    await _told(screen, over, error, screen.reader.t("error.unexpected"))


async def _told(
    screen: Screen, over: "asyncio.Future[None]", error: Exception, words: str
) -> None:
    """To whoever waits, else to the chat."""
    if over.done():
        await screen.show(View(words))
    else:
        over.set_exception(error)
