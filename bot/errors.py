"""Why the process does not start: always one sentence for whoever stands at the console.

Stop
├── WrongSetting        names the setting and says what is wrong with it
├── WrongQuestion       a backtest that cannot be asked: says what is wrong with it
├── NoSuchMarket        there is nothing to play
├── CandleFileError     (bot/market/report.py) a file that cannot be used at all
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
