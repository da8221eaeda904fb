"""A parameter set that a search found: what would change, and why not to trust it too much."""

from collections.abc import Iterator

from core.backtest.record import Kind, Record
from core.domain.people import AccountSettings
from core.domain.tuning import Tuning
from handlers.tunings import packed
from handlers.views import numbers
from handlers.views.backtest import figures
from handlers.views.backtest.question import title
from handlers.views.tuning import Change, changed, value, word
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

CONFIRM_SECONDS = 5
VOICES = "voices"


def parameters(reader: Reader, filed_id: str, record: Record, account: AccountSettings) -> View:
    """Old and new, field by field; nothing changes until somebody says so. Periods are candles, so
    that a set found on others is only shown.
    """
    t, proposed = reader.t, record.proposed or account.tuning
    changes = changed(account.tuning, proposed)
    if not changes:
        return View(f"<b>{t('tune.same')}</b>")
    lines = [
        f"<b>{t('tune.title', n=len(changes))}</b>",
        title(reader, record.question),
        *_table(reader, changes),
        *_doubts(reader, record),
        t("tune.doubt"),
    ]
    found, mine = record.question.timeframe, account.timeframe
    if found is not mine:
        lines.append(t("tune.other", found=t.of("timeframe", found), mine=t.of("timeframe", mine)))
        return View("\n".join(lines))
    return View("\n".join([*lines, t("tune.only_paper")]), use_keys(reader, filed_id))


def use_keys(reader: Reader, filed_id: str) -> Keyboard:
    t = reader.t
    use = Key(t("button.tune"), Verb.ASK_TUNE, filed_id)
    return ((use,), (Key(t("button.card"), Verb.RESULT, filed_id),))


def confirm_keys(reader: Reader, filed_id: str, now: Tuning) -> Keyboard:
    """The button asks back, for five seconds."""
    t = reader.t
    sure = Key(
        t("button.really_tune"),
        Verb.TUNE,
        filed_id,
        packed(now),
        once=True,
        seconds=CONFIRM_SECONDS,
    )
    return ((sure,), (Key(t("button.back"), Verb.PARAMETERS, filed_id, "here"),))


def tuned_view(reader: Reader, filed_id: str, before: Tuning, after: Tuning) -> View:
    """What the paper account uses from now on, with the way back."""
    t = reader.t
    lines = [f"<b>{t('tune.done')}</b>", *_table(reader, changed(before, after)), t("tune.next")]
    back = Key(t("button.untune"), Verb.UNTUNE, filed_id, packed(before), once=True)
    return View("\n".join(lines), ((back,),))


def _table(reader: Reader, changes: list[Change]) -> Iterator[str]:
    """Numbers in columns, arrows under arrows; names of voices are too long for them."""
    named = {name: (value(reader, old), value(reader, new)) for name, old, new in changes}
    companies = named.pop(VOICES, None)
    if named:
        width = max(len(new) for _, new in named.values())
        rows = [
            (old, f"→ {new:<{width}}", word(reader, name)) for name, (old, new) in named.items()
        ]
        yield numbers.columns(rows)
    if companies:
        yield f"{word(reader, VOICES)}: {companies[0]} → {companies[1]}"


def _doubts(reader: Reader, record: Record) -> Iterator[str]:
    """What it brought on the past, and how many were tried to find it."""
    t, luck = reader.t, record.luck
    if record.question.kind is Kind.WALKFORWARD:
        yield t("tune.forward", total=figures.change(record.figures.total))
        return
    yield t(
        "tune.past",
        total=figures.change(record.figures.total),
        drawdown=figures.fall(record.figures.drawdown),
    )
    yield t("result.best_of", n=luck.tries, deflated=figures.share(luck.deflated))
