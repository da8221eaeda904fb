"""An order book whose changes can be told one after the other."""

from dataclasses import dataclass, field

Side = dict[float, float]
DEPTH = 50


@dataclass
class Book:
    """Fifty levels a side with an id that grows by one with every change."""

    id: int = 1_000
    bids: Side = field(default_factory=dict)
    asks: Side = field(default_factory=dict)
    changed_bids: Side = field(default_factory=dict)
    changed_asks: Side = field(default_factory=dict)

    def move(self, bid: float, ask: float, tick: float, size: float) -> None:
        """Stand around a new price; levels that vanished change to zero."""
        sizes = [size * (level + 1) for level in range(DEPTH)]
        bids = {round(bid - tick * i, 9): s for i, s in enumerate(sizes) if bid > tick * i}
        asks = {round(ask + tick * i, 9): s for i, s in enumerate(sizes)}
        self.changed_bids, self.changed_asks = changes(self.bids, bids), changes(self.asks, asks)
        self.bids, self.asks = bids, asks
        self.id += 1


def changes(before: Side, after: Side) -> Side:
    gone = {price: 0.0 for price in before if price not in after}
    return gone | {price: size for price, size in after.items() if before.get(price) != size}
