"""Other people's words on a screen: nothing in them is formatted, and nothing can be tapped.

Telegram makes links, mentions and commands of whatever looks like one, and a tap on a command sends
it. A sign that draws nothing, put where such a word would begin, leaves it a word.
"""

import re
from html import escape

JOINER = "\u2060"
BEGINS = re.compile(
    r"(?<=/)(?<![\w/<>@.]/)(?=\w)"  # a command
    r"|(?<=[@#$])(?=\w)"  # somebody, a tag
    r"|(?<=:)(?=//)"  # an address
    r"|(?<=\w\.)(?=[^\W\d])"  # a site
    r"|(?<=\d\.)(?=\d{1,3}\.\d)"  # a site by its number
)


def quoted(text: str) -> str:
    """Fit to be put into a message as it is."""
    return escape(BEGINS.sub(JOINER, text), quote=False)
