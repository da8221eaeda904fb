"""The money of a walked account, and what it was at every close that has gone by."""

from bisect import bisect_right
from decimal import Decimal

import numpy as np

from core.domain.market import Floats, Millis


class Purse:
    """`wallet` is realised money. `turn` is twice the moment (ms), and one more once the account
    has been marked there: what happens then shows at the next mark.
    """

    def __init__(self, wallet: Decimal) -> None:
        self.wallet = wallet
        self.turn = -1
        self.turns = [-1]
        self.wallets = [wallet]

    def move(self, amount: Decimal) -> None:
        """Money received (positive) or paid now."""
        self.wallet += amount
        if self.turns[-1] == self.turn:
            self.wallets[-1] = self.wallet
        else:
            self.turns.append(self.turn)
            self.wallets.append(self.wallet)

    def at_mark(self, moment: int) -> Decimal:
        """The wallet when the account was marked at a moment."""
        return self.wallets[bisect_right(self.turns, 2 * moment) - 1]

    def column(self, moments: Millis) -> Floats:
        """The wallet at the marks of many moments; what comes after the last shows there too."""
        last = 2 * int(moments[-1]) if len(moments) else 0
        changes = np.searchsorted(moments, (np.minimum(self.turns, last) + 1) // 2)
        counts = np.diff(changes, append=len(moments))
        return np.repeat([float(money) for money in self.wallets], counts)
