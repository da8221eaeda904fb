"""What was said in a chat a little while ago; a restart forgets it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.domain.talk import Answered, Asked, Turn

MOST = 4
LONGEST = 1_500
LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer."""

    at: datetime
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Memory:
    """The last few questions of each chat."""

    chats: dict[int, tuple[Said, ...]] = field(default_factory=dict)

    def turns(self, chat: int, now: datetime) -> tuple[Turn, ...]:
        kept = [said for said in self.chats.get(chat, ()) if now - said.at < LASTS]
        pairs = ((Asked(said.question), Answered(said.answer)) for said in kept)
        return tuple(turn for pair in pairs for turn in pair)

    def keep(self, chat: int, said: Said) -> None:
        short = Said(said.at, said.question[:LONGEST], said.answer[:LONGEST])
        self.chats[chat] = (*self.chats.get(chat, ()), short)[-MOST:]
