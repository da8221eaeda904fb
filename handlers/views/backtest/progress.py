"""How far a backtest has come, in one message that is edited in place."""

from collections.abc import Iterator
from html import escape

from core.backtest.filed import Filed, Progress
from core.backtest.record import Kind
from handlers.asking import trials_of
from handlers.views.view import Key, Verb, View
from handlers.words import Reader

CELLS = 20
STAGES = ("read", "replay", "judge", "report", "search", "today", "map")


def progress_view(reader: Reader, filed: Filed, progress: Progress) -> View:
    """With a button that stops it."""
    lines = (
        _waiting(reader, filed, progress) if progress.ahead else _going(reader, filed, progress)
    )
    stop = Key(reader.t("button.stop_test"), Verb.STOP_TEST, filed.id)
    return View("\n".join(lines), ((stop,),))


def name(reader: Reader, filed: Filed) -> str:
    """Optimize · BTC ETH 90d 1h 100"""
    return f"{reader.t.of('kind', filed.kind)} · {escape(filed.words)}"


def percent(progress: Progress) -> str:
    """Of the stage it is in, or of all legs of a walk."""
    return f"{int(100 * _share(progress))}%"


def _share(progress: Progress) -> float:
    """0 to 1."""
    done = min(progress.done / max(progress.total, 1), 1.0)
    leg, legs = _leg(progress.stage)
    return (leg - 1 + done) / legs if legs else done


def _leg(stage: str) -> tuple[int, int]:
    """3/12 is the third of twelve searches of a walk; zeros for any other stage."""
    leg, _, legs = stage.partition("/")
    return (int(leg), int(legs)) if leg.isdecimal() and legs.isdecimal() else (0, 0)


def _waiting(reader: Reader, filed: Filed, progress: Progress) -> Iterator[str]:
    yield f"<b>{reader.t('progress.waiting', n=progress.ahead)}</b>"
    yield name(reader, filed)


def _going(reader: Reader, filed: Filed, progress: Progress) -> Iterator[str]:
    counted = progress.total > 1
    yield f"<b>{name(reader, filed)}</b>"
    if counted:
        yield f"<pre>{_bar(progress)} {percent(progress):>4}</pre>"
    yield _stage(reader, progress)
    if progress.best is not None:
        yield reader.t("progress.best", best=f"{progress.best:.2f}")
    yield from luck_of_many(reader, filed.kind, trials_of(filed.words))


def luck_of_many(reader: Reader, kind: Kind, trials: int) -> Iterator[str]:
    """Said before a search begins: the best of many looks better than it is."""
    if kind is Kind.OPTIMIZE:
        yield reader.t("progress.best_of", n=trials)
    elif kind is Kind.WALKFORWARD:
        yield reader.t("progress.forward", n=trials)


def _bar(progress: Progress) -> str:
    full = int(CELLS * _share(progress))
    return "█" * full + "░" * (CELLS - full)


def _stage(reader: Reader, progress: Progress) -> str:
    t, (leg, legs) = reader.t, _leg(progress.stage)
    if legs:
        said = t("progress.leg", n=leg, of=legs)
    elif progress.stage in STAGES:
        said = t(f"stage.{progress.stage}")
    else:
        return t("stage.begin")
    return f"{said} · {progress.done:,}/{progress.total:,}" if progress.total > 1 else said
