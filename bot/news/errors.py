"""Why a source said nothing this time. It is written down once and never stops the desk.

Unheard
├── Refused     the desk will not: an address, a size or a body that nobody should send
└── Failed      it did not work out; `wait` is how long the source asked for
"""

from datetime import timedelta


class Unheard(Exception):
    """One sentence, without addresses: some of them carry a key."""

    wait: timedelta | None = None


class Refused(Unheard):
    pass


class Failed(Unheard):
    def __init__(self, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait
