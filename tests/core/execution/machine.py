"""What people, prices, lines and processes may do to a desk, in any order."""

from contextlib import suppress
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from core.approval import Adjustment
from core.domain.proposal import Proposal, Yes
from core.domain.trade import Exit, Trade
from core.domain.trading import OrderType, Side
from core.errors import BrokerUnavailable, NotFound, ProposalClosed
from tests.builders import ACCOUNT
from tests.core.execution.lawful import Lawful
from tests.core.execution.line import falls_silent, is_down, refuses, swallows
from tests.core.paper.builders import BTC, ETH

GONE = (ProposalClosed, NotFound)
symbols = st.sampled_from((BTC, ETH))
shares = st.sampled_from([Decimal(n) / 10 for n in (1, 3, 5, 9, 10)])
moves = st.integers(-400, 400).map(lambda points: 1 + Decimal(points) / 10_000)
places = st.integers(0, 9)
faults = st.dictionaries(
    st.sampled_from(list(OrderType)),
    st.sampled_from([refuses, swallows, falls_silent, is_down]),
    max_size=3,
)
silence = st.sets(st.sampled_from(["account", "open_orders", "find", "activity", "cancel"]))


def waiting(machine):
    return bool(machine._cards())


def holding(machine):
    return bool(machine._trades())


def paused(machine):
    return machine.does(machine.desk.ledger.settings(ACCOUNT)).paused


class Machine(Lawful):
    # -- people

    @rule(symbol=symbols, side=st.sampled_from(Side), part=shares)
    def buys(self, symbol, side, part):
        """A card, and a yes before anything moves."""
        with suppress(*GONE, BrokerUnavailable):
            card = self.does(self.desk.offered(symbol, side))
            if isinstance(card, Proposal):
                self._entering(self.desk.approve(card.id, Yes.PERSON, part=part))

    @rule(symbol=symbols, side=st.sampled_from(Side))
    def offers(self, symbol, side):
        with suppress(BrokerUnavailable):
            self.does(self.desk.offered(symbol, side))

    @precondition(waiting)
    @rule(place=places, part=shares)
    def approves(self, place, part):
        if card := self._one(self._cards(), place):
            with suppress(*GONE, BrokerUnavailable):
                self._entering(self.desk.approve(card.id, Yes.PERSON, part=part))

    @precondition(waiting)
    @rule(place=places)
    def rejects(self, place):
        if card := self._one(self._cards(), place):
            self.does(self.desk.reject(card.id))

    @precondition(waiting)
    @rule(place=places, size=shares)
    def adjusts(self, place, size):
        if card := self._one(self._cards(), place):
            with suppress(*GONE, BrokerUnavailable):
                self.does(self.desk.adjust(card.id, Adjustment(size=size)))

    @precondition(holding)
    @rule(place=places, share=shares)
    def closes(self, place, share):
        if trade := self._one(self._trades(), place):
            with suppress(*GONE, BrokerUnavailable):
                self.does(self.desk.close(trade.id, Exit.PERSON, share))

    @precondition(holding)
    @rule(place=places, by=shares)
    def moves_the_stop(self, place, by):
        if trade := self._one(self._trades(), place):
            with suppress(*GONE, BrokerUnavailable):
                moved = self.does(self.desk.move.stop(trade.id, by))
                assert (moved.stop - trade.stop) * trade.side.sign >= 0

    @precondition(holding)
    @rule()
    def panics(self):
        self.does(self.desk.panic())
        entries = self._entries()
        with suppress(BrokerUnavailable):
            self.does(self.desk.offered())
        assert self._entries() == entries

    @precondition(paused)
    @rule()
    def goes_on(self):
        self.does(self.desk.set(paused=False))

    # -- prices and time

    @rule(symbol=symbols, by=moves)
    def trades_elsewhere(self, symbol, by):
        """The price is another one now, and nobody has looked yet."""
        self.desk.street.says(symbol, str(self._moved(symbol, by)))

    @rule(
        symbol=symbols, low=moves, high=moves, volume=st.sampled_from(["0", "20", "400", "100000"])
    )
    def lives_an_hour(self, symbol, low, high, volume):
        """An hour is traded that the desk sees at its end; with little volume, orders fill partly."""
        start, ends = Decimal(self.desk.street.said[symbol]), sorted((low, high))
        bottom, top = (self._moved(symbol, by) for by in ends)
        words = f"{start} {max(top, start)} {min(bottom, start)} {top}"
        self.desk.market(words, symbol=symbol, volume=volume, funding=("0.0001",))
        self.does(self.desk.works())

    @rule(turns=st.integers(1, 8))
    def runs(self, turns):
        """The protection loop turns, every two seconds."""
        for _ in range(turns):
            self._turn()

    @rule()
    def settles(self):
        self.does(self.desk.settle())

    @rule()
    def protects(self):
        self.does(self.desk.protect())

    # -- what goes wrong

    @rule(spoiled=faults)
    def loses_answers(self, spoiled):
        self.desk.line.faults = spoiled

    @rule(silent=silence)
    def falls_silent(self, silent):
        self.desk.line.silent = silent

    @precondition(lambda machine: not machine._answers())
    @rule()
    def answers_again(self):
        self._heals()

    @rule()
    def restarts(self):
        """The next process over the same ledger, on a line as it is."""
        faults, silent = self.desk.line.faults, self.desk.line.silent
        self.desk._assemble()
        self.desk.line.faults, self.desk.line.silent = faults, silent
        self.does(self.desk.broker.load())

    @rule()
    def comes_to_rest(self):
        """Everything answers for half a minute: then the two sides agree."""
        self._heals()
        for _ in range(15):
            self._turn()
        self.does(self._agree())

    def _entering(self, work):
        was_paused = self.does(self.desk.ledger.settings(ACCOUNT)).paused
        entries, outcome = self._entries(), self.does(work)
        assert self._entries() - entries == (isinstance(outcome, Trade) and not was_paused)

    def _one(self, found, place):
        return found[place % len(found)] if found else None

    def _moved(self, symbol, by):
        return (Decimal(self.desk.street.said[symbol]) * by).quantize(Decimal("0.1"))

    def _heals(self):
        self.desk.line.faults, self.desk.line.silent = {}, set()
