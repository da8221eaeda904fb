"""Commands that a model may propose to a person. Proposing is all: nothing here gives one."""

from collections.abc import Collection
from dataclasses import dataclass

from core.ask.arguments import Argument, Given, Word, schema_of
from core.domain.talk import Suggested, Tool

NAME = "suggest"
ABOUT = (
    "Show the person a command of the desk that would help now, as a button or as text to copy."
    " You cannot give it yourself, and neither does this."
)
MOST = 3
WORDS = r"(?:[A-Za-z0-9][A-Za-z0-9/:.\-]{0,19}(?: [A-Za-z0-9<>][A-Za-z0-9/:.\-]{0,19}){0,3})?"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`commands` are the words that may be proposed, without their slash."""

    commands: Collection[str]

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return (
            Word("command", "which command", choices=tuple(self.commands)),
            Word("words", "what is typed behind it, such as BTC 4h; may be empty", pattern=WORDS),
        )

    @property
    def tool(self) -> Tool:
        return Tool(NAME, ABOUT, schema_of(self.arguments))


def suggested(given: Given) -> Suggested:
    return Suggested(str(given["command"]), str(given["words"]))


def with_one_more(before: tuple[Suggested, ...], one: Suggested) -> tuple[Suggested, ...]:
    """Each once, and only so many: what comes later is left out."""
    return tuple(dict.fromkeys((*before, one)))[:MOST]
