"""How many tokens is a text, about? Counted without anybody's tokenizer, to plan money by.

Characters by 3.5 fits prose, but takes tables of numbers for half of what they are. This follows
how tokenizers cut: words by their letters, numbers by three digits, every other run of signs by
itself. On the desk's own prompts it lies 1 to 16 % above o200k_base, the tokenizer of GPT.
"""

import json
import math
import re

from core.domain.model import Prompt

LETTERS = 6  # of a Latin word, for each token
PIECES = re.compile(r"([A-Za-z]+)|([^\x00-\u024f]+)|(\d{1,3}|\n+|[^\w\s]+|_)")


def tokens(text: str) -> int:
    """Every sign beyond Latin (Hangul above all) is taken for a token of its own."""
    return sum(map(_weight, PIECES.finditer(text)))


def size_of(prompt: Prompt) -> int:
    """All that is sent and paid for, the schema too."""
    return tokens(prompt.system) + tokens(prompt.user) + tokens(json.dumps(prompt.schema))


def _weight(piece: re.Match[str]) -> int:
    latin, wide, _ = piece.groups()
    if latin:
        return math.ceil(len(latin) / LETTERS)
    return len(wide) if wide else 1
