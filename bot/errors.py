"""Why the process does not start: always one sentence for whoever stands at the console.

Stop
├── WrongSetting        names the setting and says what is wrong with it
├── WrongQuestion       a backtest that cannot be asked: says what is wrong with it
├── NoSuchMarket        there is nothing to play
├── CandleFileError     (bot/market/report.py) a file that cannot be used at all
├── VenueUnavailable    reading a venue may pass later; says nothing about orders
│   └── VenueBusy       it asks to wait, and perhaps says how long
├── VaultError          (bot/vault/errors.py) keys cannot be read or kept
└── DeskStorageError    (bot/storage/errors.py) the ledger cannot be opened or written
"""


class Stop(Exception):
    """One sentence."""


class WrongSetting(Stop):
    pass


class WrongQuestion(Stop):
    pass


class NoSuchMarket(Stop):
    pass


class VenueUnavailable(Stop):
    pass


class VenueBusy(VenueUnavailable):
    """`retry_after` are the seconds that the venue asks for; None where it does not say."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
