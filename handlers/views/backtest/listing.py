"""The list of backtests: a line each, a tap opens a card, two ticks compare."""

from html import escape

from core.backtest.filed import Filed, Status
from core.backtest.reading import Page
from core.backtest.record import Kind
from handlers.views.backtest.figures import change
from handlers.views.backtest.progress import percent
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

ON_A_PAGE = 5
Keys = tuple[Key, ...]


def listing(reader: Reader, page: Page, ticked: str = "") -> View:
    """`ticked` is the one that waits for another to be compared with."""
    t = reader.t
    if not page.filed:
        return View(f"<b>{t('tests.none')}</b>\n{t('tests.none_more')}")
    first, last = page.skip + 1, page.skip + len(page.filed)
    lines = [f"<b>{t('tests.title', first=first, last=last, total=page.total)}</b>"]
    lines += [t("tests.lost", n=page.lost)] if page.lost else []
    lines += [_line(reader, page, row) for row in range(len(page.filed))]
    lines.append(t("tests.one_more" if ticked else "tests.compare"))
    return View("\n".join(lines), _keys(reader, page, ticked))


def _line(reader: Reader, page: Page, row: int) -> str:
    filed = page.filed[row]
    kind = "" if filed.kind is Kind.BACKTEST else f"{reader.t.of('kind', filed.kind)} "
    at = reader.day_and_clock(filed.created_at)
    return f"{row + 1}. {_said(reader, page, filed)} · {kind}{escape(filed.words)} · {at}"


def _said(reader: Reader, page: Page, filed: Filed) -> str:
    t = reader.t
    if filed.has_record:
        return f"<b>{change(filed.total)}</b> ({t('tests.hold', hold=change(filed.hold))})"
    progress = page.running.get(filed.id)
    if progress is None:
        gone = Status.STOPPED if filed.status is Status.RUNNING else filed.status
        return t.of("test", gone)
    return t("tests.waiting") if progress.ahead else t("tests.running", percent=percent(progress))


def _keys(reader: Reader, page: Page, ticked: str) -> Keyboard:
    opens = tuple(
        Key(f"{row}", Verb.RESULT, filed.id) for row, filed in enumerate(page.filed, start=1)
    )
    ticks = tuple(
        Key(
            f"{'☑' if filed.id == ticked else '☐'} {row}",
            Verb.TICK,
            filed.id,
            _state(page, ticked),
        )
        for row, filed in enumerate(page.filed, start=1)
        if filed.has_record
    )
    rows = (opens, ticks, _turning(reader, page, ticked))
    return tuple(row for row in rows if row)


def _state(page: Page, ticked: str) -> str:
    return f"{page.skip} {ticked}"


def _turning(reader: Reader, page: Page, ticked: str) -> Keys:
    t, after = reader.t, page.skip + len(page.filed)
    newer = Key(t("button.newer"), Verb.TESTS, ticked, f"{max(page.skip - ON_A_PAGE, 0)}")
    older = Key(t("button.older"), Verb.TESTS, ticked, f"{after}")
    return (*((newer,) if page.skip else ()), *((older,) if after < page.total else ()))
