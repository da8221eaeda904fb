"""Runs a tool of the desk as its servant: behind everybody else, and gone when its master is.

`python -m bot.runs.servant backtest …` is `python -m bot backtest …` at the lowest priority. The
master holds the other end of standard input: when that ends, so does this. It listens to SIGINT also
where its master, started in the background of a shell, has been made deaf to it.
"""

import os
import runpy
import signal
from threading import Thread

LOWEST = 19
STDIN = 0


def main() -> None:
    os.nice(LOWEST)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    Thread(target=leave_with_the_master, daemon=True).start()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def leave_with_the_master() -> None:
    """Nobody is left to hear an answer, so whoever was hired for it leaves as well."""
    while os.read(STDIN, 1024):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
