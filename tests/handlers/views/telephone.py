"""What fits on a telephone, and what Telegram takes."""

import re
import unicodedata
from html import unescape

from handlers.screens import TEXT_LIMIT, visible_length

CELLS = 27
MOST_BUTTONS = 100
LONGEST_LABEL = 64


def cells(line):
    """Columns on a telephone: Hangul and other wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def table(text):
    """The lines of a <pre> block, as they are seen."""
    return [
        unescape(line)
        for block in re.findall(r"<pre>(.*?)</pre>", text, re.DOTALL)
        for line in block.split("\n")
    ]


def fits(view, limit=TEXT_LIMIT):
    assert visible_length(view.text) <= limit
    assert all(cells(line) <= CELLS for line in table(view.text)), widest(view.text)
    assert all("−" not in line for line in table(view.text))
    keys = [key for row in view.keyboard for key in row]
    assert len(keys) <= MOST_BUTTONS
    assert all(0 < len(key.label) <= LONGEST_LABEL for key in keys)
    assert all(len(row) <= 8 for row in view.keyboard)
    balanced(view.text)


def widest(text):
    return max(table(text), key=cells)


def balanced(text):
    """Every tag that opens closes, in its order: else Telegram takes nothing of it."""
    stack = []
    for closing, name in re.findall(r"<(/?)(\w+)>", text):
        if closing:
            assert stack.pop() == name
        else:
            stack.append(name)
    assert stack == []
