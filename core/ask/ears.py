"""Hears one turn of a model piece by piece, and refuses to listen for ever."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.domain.model import Failure, Unsaid
from core.domain.talk import Done, Piece, Wanted, Words

LONGEST = 8_000
LONGEST_ECHO = 200_000
MOST_PIECES = 20_000
MOST_CALLS = 32
ENDLESS = Unsaid(failure=Failure.TRUNCATED, detail="there was no end to it")
CUT_SHORT = Unsaid(failure=Failure.MALFORMED, detail="it stopped without an end")

Hear = Callable[[str], None]


@dataclass
class Ears:
    """`hear` gets the text so far; `asked` counts the letters of all calls."""

    hear: Hear
    text: str = ""
    wanted: list[Wanted] = field(default_factory=list)
    pieces: int = 0
    asked: int = 0

    def take(self, piece: Piece) -> Done | Unsaid | None:
        """The end, once it has come."""
        self.pieces += 1
        match piece:
            case Unsaid():
                return piece
            case Done():
                return piece if len(piece.echo) <= LONGEST_ECHO else ENDLESS
            case Words():
                self.text += whole(piece.text)
                self.hear(self.text[:LONGEST])
            case Wanted():
                self._call(piece)
        return ENDLESS if self._is_too_much() else None

    def _call(self, piece: Wanted) -> None:
        self.asked += len(piece.id) + len(piece.tool) + len(piece.arguments)
        self.wanted.append(Wanted(whole(piece.id), whole(piece.tool), whole(piece.arguments)))

    def _is_too_much(self) -> bool:
        return (
            max(len(self.text), self.asked) > LONGEST
            or len(self.wanted) > MOST_CALLS
            or self.pieces > MOST_PIECES
        )


def whole(text: str) -> str:
    """A model may write halves of characters, which no request can carry and no file can keep."""
    return text.encode("utf-8", "replace").decode()
