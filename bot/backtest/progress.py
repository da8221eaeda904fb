"""How far a long answer has come, as lines of JSON that another process can read."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Writes {"stage", "done", "total"}; says nothing unless somebody listens."""

    listened: bool = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.listened:
            line = json.dumps({"stage": stage, "done": done, "total": total})
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Something that is either done or not."""
        self(name, 0, 1)
        yield
        self(name, 1, 1)
