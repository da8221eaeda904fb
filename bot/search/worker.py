"""What a worker process does: attempt after attempt, until nobody is there to ask for more."""

import signal
from multiprocessing.connection import Connection

from bot.search.attempt import Attempt


def work(line: Connection, attempt: Attempt) -> None:
    """Ctrl-C at the console reaches every process; only the one that asks decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        while True:
            for stage in attempt(line.recv()):
                line.send(stage)
                if not stage.last and not line.recv():
                    break
    except (EOFError, ConnectionError):
        return
