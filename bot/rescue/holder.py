"""Who has the data folder and the accounts just now; looked at, and never taken."""

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path

from bot.lock import LONGEST, NAME

SIGNED = re.compile(r"process (\d+) on (\S+) since (.+)")


@dataclass(frozen=True, slots=True)
class Holder:
    """The words in the folder's lock; `lives` is None where that cannot be seen from here."""

    words: str
    lives: bool | None


def holder_of(folder: Path) -> Holder | None:
    """None where no desk has ever run. Its words stay behind when it ends."""
    try:
        words = (folder / NAME).read_text("utf-8", "replace")[:LONGEST].strip()
    except OSError:
        return None
    found = SIGNED.match(words)
    if not words or found is None or found[2] != platform.node():
        return Holder(words, None)
    return Holder(words, _runs(int(found[1])))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
