"""A talk with a model that may look things up: who said what, and what was looked up meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.model import Unsaid, Usage


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that a model may look up. `schema` is JSON Schema of its arguments, as plain data:
    every field required, no bounds.
    """

    name: str
    description: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model wants a tool to be used; `arguments` is its own text, and may be anything."""

    id: str
    tool: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says, or the desk on a person's behalf."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the model said and wanted. `echo` is what its provider likes to be reminded of, in the
    provider's own form.
    """

    text: str
    wanted: tuple[Wanted, ...] = ()
    echo: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool had to say to the call with this id."""

    id: str
    text: str


Turn = Asked | Answered | Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk as far as it has come; the model is next. `system` never changes within a version.

    In the `last` turn nothing more can be looked up: the model has to answer.
    """

    version: str
    system: str
    turns: tuple[Turn, ...]
    tools: tuple[Tool, ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the answer, as it comes."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The end of a turn that went well. `model` is who really answered."""

    usage: Usage
    model: str
    echo: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A command that the model proposes to a person, who may give it or not."""

    command: str
    words: str = ""

    @property
    def text(self) -> str:
        return f"/{self.command} {self.words}".rstrip()


Piece = Words | Wanted | Done | Unsaid
