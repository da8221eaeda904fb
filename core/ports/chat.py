"""What the desk asks of a model that talks with people."""

from collections.abc import AsyncGenerator
from typing import Protocol

from core.domain.talk import Piece, Talk


class Chatter(Protocol):
    """What does the model say next, word by word?

    Yields Words and Wanted as they come, and at the end one Done or Unsaid. Never raises for what
    a provider does. Closing the generator ends the call over there.
    """

    def talk(self, talk: Talk) -> AsyncGenerator[Piece]: ...
