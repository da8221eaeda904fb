"""What a bot is still writing: a preview that is no message, and is gone after half a minute."""

from dataclasses import dataclass, replace
from typing import Any

from bot.demo.telegram.people import Chat
from bot.demo.telegram.rendering import rendered
from bot.demo.telegram.text import FormattedText

LASTS = 30.0


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft in one chat; without a text the client says that the bot is thinking."""

    id: int
    chat: Chat
    text: FormattedText
    until: float
    can_stop: bool = False
    keep_on_stop: bool = False

    def view(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text.text,
            "html": rendered(self.text),
            "can_stop": self.can_stop,
        }

    def stopped(self) -> dict[str, Any]:
        """What the bot hears; the server writes the id as text."""
        return {"chat": self.chat.wire(), "draft_id": str(self.id)}


class Previews:
    """At most one in each chat; another id takes the place of the one before."""

    def __init__(self) -> None:
        self._shown: dict[int, Preview] = {}

    def show(self, preview: Preview) -> None:
        self._shown[preview.chat.id] = preview

    def drop(self, chat_id: int) -> None:
        self._shown.pop(chat_id, None)

    def find(self, chat_id: int, moment: float) -> Preview | None:
        shown = self._shown.get(chat_id)
        return shown if shown is not None and moment < shown.until else None

    def stop(self, chat_id: int, moment: float) -> Preview | None:
        """The one that could be stopped, and is now; its button works once."""
        shown = self.find(chat_id, moment)
        if shown is None or not shown.can_stop:
            return None
        self.drop(chat_id)
        if shown.keep_on_stop:
            self.show(replace(shown, can_stop=False))
        return shown
