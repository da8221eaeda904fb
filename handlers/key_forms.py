"""Keys that are being typed: in this process's memory only, a few minutes, and for one chat."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.account import DeskAccount
from core.domain.secret import Credential, Field, Secret

LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyForm:
    """What was typed so far; `kept_by_telegram` is set when a message could not be deleted."""

    account: DeskAccount
    wants: tuple[Field, ...]
    until: datetime
    said: tuple[Secret, ...] = ()
    kept_by_telegram: bool = False

    @property
    def next(self) -> Field | None:
        """The field that is asked for now; None when all is said."""
        return self.wants[len(self.said)] if len(self.said) < len(self.wants) else None

    @property
    def credential(self) -> Credential:
        fields = {name.value: said for name, said in zip(self.wants, self.said, strict=True)}
        return Credential(self.account.name, self.account.venue, fields)

    def answered(self, text: Secret, now: datetime) -> "KeyForm":
        return replace(self, said=(*self.said, text), until=now + LASTS)


@dataclass(frozen=True, slots=True)
class KeyForms:
    """One form a chat."""

    _open: dict[int, KeyForm] = field(default_factory=dict)

    def begin(
        self, chat: int, account: DeskAccount, wants: Sequence[Field], now: datetime
    ) -> KeyForm:
        form = KeyForm(account=account, wants=tuple(wants), until=now + LASTS)
        self._open[chat] = form
        return form

    def put(self, chat: int, form: KeyForm) -> None:
        self._open[chat] = form

    def find(self, chat: int, now: datetime) -> KeyForm | None:
        form = self._open.get(chat)
        if form is not None and now >= form.until:
            self.end(chat)
            return None
        return form

    def end(self, chat: int) -> bool:
        """Was there one?"""
        return self._open.pop(chat, None) is not None
