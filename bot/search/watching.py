"""How far a search has come: lines of JSON for a program, a bar for somebody at a terminal."""

import json
import sys
import time
from functools import partial
from typing import TextIO

WIDTH = 30
OFTEN = 0.1  # seconds between two drawings of the bar


class Watching:
    """Says {"stage", "done", "total", "best"} on stdout if `listened`, else draws on a terminal:
    standard error unless another one is given.
    """

    def __init__(self, *, listened: bool = False, screen: TextIO | None = None) -> None:
        self._listened, self._screen = listened, screen or sys.stderr
        self._drawn = 0.0
        self._shown = ""

    def __call__(self, stage: str, done: int, total: int, best: float | None = None) -> None:
        if self._listened:
            self._write({"stage": stage, "done": done, "total": total, "best": best})
        elif self._screen.isatty():
            self._draw(stage, done, total, best)

    def on(self, stage: str) -> partial[None]:
        """The same for one stage."""
        return partial(self, stage)

    def close(self) -> None:
        """Leave no half a bar before what is printed next."""
        if self._shown:
            self._screen.write("\n")
            self._shown = ""

    def _write(self, line: dict[str, str | int | float | None]) -> None:
        known = {name: value for name, value in line.items() if value is not None}
        sys.stdout.write(json.dumps(known) + "\n")
        sys.stdout.flush()

    def _draw(self, stage: str, done: int, total: int, best: float | None) -> None:
        now = time.monotonic()
        if now - self._drawn < OFTEN and done < total:
            return
        full = round(WIDTH * done / max(total, 1))
        bar = "█" * full + "░" * (WIDTH - full)
        tail = "" if best is None else f"  best {best:.4g}"
        text = f"{stage:>8} {bar} {done:,}/{total:,}{tail}"
        self._screen.write("\r" + text.ljust(len(self._shown)))
        self._screen.flush()
        self._drawn, self._shown = now, text
        if done >= total:
            self.close()
