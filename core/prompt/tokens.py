"""How many tokens is a text, about? Counted without anybody's tokenizer, to plan money by."""

import math

LETTERS = 3.5
WIDE = 1.0


def tokens(text: str) -> int:
    """3.5 characters a token, as English and numbers come on average; every sign beyond Latin
    (Hangul above all) a token of its own, which is what the dearer tokenizers make of it.
    """
    wide = sum(ord(sign) > 0x24F for sign in text)
    return math.ceil((len(text) - wide) / LETTERS + wide / WIDE)
