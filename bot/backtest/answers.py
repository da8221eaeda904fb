"""Files of models' answers, one JSON object a line: read for a replay, written while recording."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.errors import WrongQuestion
from bot.storage.codec import decode, encode
from bot.storage.errors import DeskStorageError
from core.backtest.answers import Answer, hear
from core.backtest.history import SymbolHistory
from core.domain.tuning import Tuning

Histories = Mapping[str, SymbolHistory]


@dataclass(frozen=True, slots=True)
class Panel:
    """Histories with the voices that were heard in them."""

    histories: Mapping[str, SymbolHistory]
    cutoffs: Mapping[str, date | None]
    found: int
    missed: int
    cost: Decimal


def known_answers(path: Path) -> tuple[Answer, ...]:
    """What a file to record into holds already. A line that was never finished is taken out, and
    a file that is not there holds nothing. Raises WrongQuestion.
    """
    if not path.exists():
        return ()
    with _writable(path), path.open("rb+") as file:
        file.truncate(file.read().rfind(b"\n") + 1)
    return read_answers(path)


def must_be_writable(path: Path) -> None:
    """Better before somebody is paid than after it. Raises WrongQuestion."""
    with _writable(path):
        path.touch()


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WrongQuestion(f"{path}: no answers can be kept there: {error.strerror}") from None


def read_answers(path: Path) -> tuple[Answer, ...]:
    """Raises WrongQuestion for a file that cannot be read, naming its first bad line."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise WrongQuestion(f"{path}: the answers cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WrongQuestion(f"{path}: the answers are no UTF-8 text") from None
    return tuple(_answers(path, text))


def write_answers(path: Path, answers: Iterable[Answer]) -> int:
    """Append; how many were written."""
    count = 0
    with path.open("a", encoding="utf-8") as file:
        for count, answer in enumerate(answers, 1):  # noqa: B007 - the last one is the number
            file.write(f"{encode(answer)}\n")
    return count


def panel(
    histories: Histories, answers: Iterable[Answer], tuning: Tuning, main: str = ""
) -> Panel:
    """Where the `main` voice speaks there is a quorum. Raises WrongQuestion when not one answer
    belongs to what is replayed.
    """
    known = tuple(answers)
    if not known:
        raise WrongQuestion("there are no answers: nobody has said anything yet")
    heard = [hear(history, known, tuning) for history in histories.values()]
    found = sum(one.found for one in heard)
    if not found:
        raise WrongQuestion(
            f"none of the {len(known):,} recorded answers is to a question of this backtest: "
            "they hold for the very candles, symbols, timeframe and tuning they were given to"
        )
    return Panel(
        {one.history.symbol: replace(one.history, main=main) for one in heard},
        {model: cutoff for one in heard for model, cutoff in one.cutoffs.items()},
        found,
        sum(one.missed for one in heard),
        sum((one.cost for one in heard), Decimal(0)),
    )


def _answers(path: Path, text: str) -> Iterator[Answer]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield decode(Answer, line)
            except DeskStorageError:
                raise WrongQuestion(f"{path}: line {number} is no recorded answer") from None
