"""Why the desk holds itself back, in words: the alarm, a line of the status, and the question."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from core.domain.notice import Notice, NoticeKind
from core.domain.people import AccountSettings
from core.domain.restraint import Cause, Reason
from handlers.views.view import Key, Verb, View
from handlers.words import Reader

LASTS = 300


def restrained(reader: Reader, notice: Notice) -> View:
    """The alarm: what happened, what goes on working, and what to do."""
    until = notice.numbers.get("until")
    cause = Cause(
        Reason(notice.subject),
        notice.at,
        str(notice.numbers.get("detail", "")),
        until if isinstance(until, datetime) else None,
    )
    said = {"account": escape(notice.account), "reason": _said(reader, cause)}
    if notice.kind is NoticeKind.REDUCING and cause.until:
        said["until"] = reader.day_and_clock(cause.until)
        return View(reader.t("reducing.told", **said))
    resume = Key(reader.t("button.resume"), Verb.RESUME)
    return View(reader.t("halted.told", **said), ((resume,),))


def trading_lines(reader: Reader, settings: AccountSettings) -> Iterator[str]:
    """Is the account running, paused by somebody, or held back, and why?"""
    t = reader.t
    if settings.paused:
        yield t("status.paused")
    elif not settings.causes:
        yield t("status.running")
    yield from (_line(reader, cause) for cause in settings.causes)


def _line(reader: Reader, cause: Cause) -> str:
    reason = _said(reader, cause)
    if cause.until:
        until = reader.day_and_clock(cause.until)
        return reader.t("status.reducing", reason=reason, until=until)
    return reader.t("status.halted", reason=reason, time=reader.day_and_clock(cause.at))


def asked(reader: Reader, settings: AccountSettings) -> View:
    """What the halt was for, and one button that needs a look first."""
    t, halts = reader.t, settings.halts
    lines = [f"<b>{t('resume.was_for')}</b>", *(_line(reader, cause) for cause in halts)]
    lines.append(t("resume.ask"))
    key = Key(t("button.lift"), Verb.LIFT, argument=str(len(halts)), once=True, seconds=LASTS)
    return View("\n".join(lines), ((key,),))


def resumed(reader: Reader, settings: AccountSettings) -> View:
    """Entries are on again, or come back by themselves later."""
    if not settings.causes:
        return View(reader.t("resume.done"))
    return View("\n".join([reader.t("resume.later"), *trading_lines(reader, settings)]))


def _said(reader: Reader, cause: Cause) -> str:
    reason = reader.t.of("reason", cause.reason)
    return f"{reason} ({escape(cause.detail)})" if cause.detail else reason
