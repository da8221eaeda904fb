"""What goes wrong with a database, in words an operator can act on. No driver's error leaves here."""

from bot.errors import Stop


class DeskStorageError(Stop):
    """The database cannot be opened, read, written or understood; the sentence says which."""
