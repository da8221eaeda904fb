"""Rows of words in columns, for a terminal."""

from collections.abc import Sequence

from handlers.views import numbers

GAP = "  "


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column begins at the left, the others end at the right; Hangul is two cells wide."""
    widths = [max(numbers.cells(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [_line(row, widths).rstrip() for row in rows]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padding = [
        " " * (width - numbers.cells(text)) for text, width in zip(row, widths, strict=True)
    ]
    first, *rest = zip(row, padding, strict=True)
    return GAP.join([first[0] + first[1], *(space + text for text, space in rest)])
