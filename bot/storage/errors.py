"""What goes wrong with a database, in words an operator can act on. No driver's error leaves here."""

from bot.errors import Stop
from core.errors import LedgerUnavailable


class DeskStorageError(Stop, LedgerUnavailable):
    """The database cannot be opened, read, written or understood; the sentence says which."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.args = (sentence,)
