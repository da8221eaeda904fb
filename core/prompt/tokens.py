"""How many tokens is a text, about? Counted without anybody's tokenizer, to plan money by.

Characters by 3.5 fits prose, but takes tables of numbers for half of what they are. This follows
how tokenizers cut: words by six letters, numbers by three digits, every other run of signs by
itself. On the desk's own prompts it lies up to 16 % above o200k_base, the tokenizer of GPT.
"""

import json
import re

from core.domain.model import Prompt

PIECES = re.compile(
    r"[A-Za-z\u00c0-\u024f]{1,6}|\d{1,3}|\n+|[^\x00-\u024f]|[^\w\s\u0250-\U0010ffff]+|_"
)


def tokens(text: str) -> int:
    """Every sign beyond Latin (Hangul above all) is taken for a token of its own."""
    return len(PIECES.findall(text))


def size_of(prompt: Prompt) -> int:
    """All that is sent and paid for, the schema too."""
    return tokens(prompt.system) + tokens(prompt.user) + tokens(json.dumps(prompt.schema))
