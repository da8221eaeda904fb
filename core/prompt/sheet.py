"""What the committee is asked in one cycle, as numbers that name no price, date or money.

All that hides where the numbers come from (aliases, order, fence) follows from the hash of the
typed inputs, so that the same inputs always make the same prompt and a replay finds its record.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from core.domain.market import from_millis
from core.domain.opinion import Distances, Question
from core.domain.people import Language
from core.domain.quality import Grade
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.prompt.features import BP, FEATURES, crowd
from core.prompt.glances import Glance, Glances
from core.prompt.tables import Table

HOUR = timedelta(hours=1)
LETTERS = 26
SIDES = tuple(Side)
FORM = "\n".join(f"{name}=%s" for name in FEATURES)
UNKNOWN: Mapping[str, float | None] = dict.fromkeys(FEATURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One symbol's part. Distances are basis points, the horizon hours, features None where
    unknown, and `known` those that have a number, in the order of the list, as in `cited`; `fair`
    are the chances of a price without drift. `place` is where it stands among the others when
    shown. `input` is the hash of its own typed inputs, whoever else was asked about.
    """

    symbol: str
    input: str
    alias: str
    place: int
    horizon: float
    distances: Mapping[Side, Distances]
    features: Mapping[str, float | None]
    tables: tuple[Table, ...]
    grade: Grade
    known: Mapping[str, float] = field(init=False)
    cited: str = field(init=False)
    fair: Mapping[Side, float] = field(init=False)

    def __post_init__(self) -> None:
        told = ((name, self.features.get(name)) for name in FEATURES)
        known = {name: value for name, value in told if value is not None}
        fair = {side: distances.fair for side, distances in self.distances.items()}
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "cited", " ".join([f"{n}={v:g}" for n, v in known.items()]))
        object.__setattr__(self, "fair", fair)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One row for each question, in the order they were asked."""

    rows: tuple[Row, ...]
    language: Language
    hash: str
    nonce: str

    @property
    def shown(self) -> tuple[Row, ...]:
        """In the order that a model sees."""
        return tuple(sorted(self.rows, key=lambda row: row.place))

    def row(self, symbol: str) -> Row:
        return {row.symbol: row for row in self.rows}[symbol]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A symbol's inputs before it has a name and a place; `digest` is the hash of all of them."""

    question: Question
    distances: Mapping[Side, Distances]
    features: Mapping[str, float | None]
    tables: tuple[Table, ...]
    grade: Grade
    closed: str
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(tuple(self.words())))

    @property
    def horizon(self) -> float:
        return round(self.question.horizon / HOUR, 3)

    def words(self) -> Iterator[str]:
        """All of it as text, for the hash."""
        yield from (self.question.symbol, self.closed, repr(self.question.price), str(self.grade))
        yield str(self.horizon)
        for side in SIDES:
            yield f"{side} {self.distances[side].stop} {self.distances[side].target}"
        yield from (FORM % tuple(map(self.features.get, FEATURES))).split("\n")
        yield from (table.text for table in self.tables)


def sheet(
    snapshots: Sequence[MarketSnapshot],
    questions: Sequence[Question],
    language: Language,
    *,
    aliased: bool = True,
    glances: Glances | None = None,
) -> Sheet:
    """One row a question; each finds its snapshot by symbol, and no symbol is asked twice."""
    by_symbol = {snapshot.symbol: snapshot for snapshot in snapshots}
    looked = [by_symbol[asked.symbol] for asked in questions]
    told = (glances or Glances()).of(looked)
    seen = [_seen(*one) for one in zip(looked, questions, told, strict=True)]
    digest = _digest(seen, language, aliased)
    places = _places([asked.symbol for asked in questions], digest)
    return Sheet(
        rows=tuple(_row(one, places[one.question.symbol], aliased) for one in seen),
        language=language,
        hash=digest,
        nonce=nonce_of(digest),
    )


def input_of(snapshot: MarketSnapshot, asked: Question) -> str:
    """The hash of all that a model is shown and asked about one symbol."""
    (glance,) = Glances().of([snapshot])
    return _seen(snapshot, asked, glance).digest


def nonce_of(digest: str) -> str:
    """A fence that nobody can write who does not know the inputs."""
    return hashlib.sha256(f"fence|{digest}".encode()).hexdigest()[:12]


def alias_of(place: int) -> str:
    """SYM_A, SYM_B … SYM_Z, SYM_AA …"""
    letters = ""
    left = place + 1
    while left:
        left, letter = divmod(left - 1, LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"SYM_{letters}"


def digest_of(words: Sequence[str]) -> str:
    """A short name of a list of texts; no two lists that differ share it by their joints."""
    whole = "".join([f"{len(word)}:{word}" for word in words])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _seen(snapshot: MarketSnapshot, asked: Question, glance: Glance) -> _Seen:
    """The moment is the last close: how long the asking took must not matter."""
    frame = snapshot.frame
    closed = int(frame.time[-1]) + frame.timeframe.milliseconds if len(frame) else 0
    return _Seen(
        question=asked,
        distances={side: _points(asked.distances[side]) for side in SIDES},
        features={**UNKNOWN, **glance.features, **crowd(snapshot)},
        tables=glance.tables,
        grade=snapshot.quality.grade,
        closed=from_millis(closed).isoformat(),
    )


def _points(distances: Distances) -> Distances:
    """Basis points to three digits, as they are shown."""
    return Distances(*(float(f"{d * BP:.3g}") for d in (distances.stop, distances.target)))


def _digest(seen: Sequence[_Seen], language: Language, aliased: bool) -> str:
    return digest_of((*sorted(one.digest for one in seen), language, str(aliased)))


def _places(symbols: Sequence[str], digest: str) -> dict[str, int]:
    if len(set(symbols)) < len(symbols):
        raise ValueError("a symbol is asked about once")
    shuffled = sorted(symbols, key=lambda symbol: digest_of((digest, symbol)))
    return {symbol: place for place, symbol in enumerate(shuffled)}


def _row(seen: _Seen, place: int, aliased: bool) -> Row:
    return Row(
        symbol=seen.question.symbol,
        input=seen.digest,
        alias=alias_of(place) if aliased else seen.question.symbol,
        place=place,
        horizon=seen.horizon,
        distances=seen.distances,
        features=seen.features,
        tables=seen.tables,
        grade=seen.grade,
    )
