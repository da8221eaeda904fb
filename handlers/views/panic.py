"""What panic has done, and what it asks when it was said long ago."""

from datetime import datetime
from decimal import Decimal

from core.domain.notice import Notice
from core.panic import Panicked
from handlers.views import numbers
from handlers.views.phrases import coin
from handlers.views.view import Key, Verb, View
from handlers.words import Reader


def panicked(reader: Reader, notice: Notice) -> View:
    said, left = notice.numbers, str(notice.numbers.get("left", ""))
    text = reader.t(
        "panic.left" if left else "panic.done",
        time=reader.seconds(notice.at),
        closed=said.get("closed", 0),
        net=numbers.signed(Decimal(str(said.get("net", 0)))),
        cancelled=said.get("cancelled", 0),
        left=left,
    )
    resume = Key(reader.t("button.resume"), Verb.RESUME)
    return View(f"<b>{text}</b>", ((resume,),))


def panicked_late(reader: Reader, notice: Notice) -> View:
    said = notice.numbers["said"]
    positions = int(str(notice.numbers["positions"]))
    text = reader.t(
        "panic.late" if positions else "panic.late_flat",
        said=reader.clock(said) if isinstance(said, datetime) else "",
        time=reader.clock(notice.at),
        positions=positions,
        stops=str(notice.numbers["stops"]),
    )
    if not positions:
        return View(text, ((Key(reader.t("button.resume"), Verb.RESUME),),))
    flatten = Key(reader.t("button.flatten"), Verb.FLATTEN, once=True)
    keep = Key(reader.t("button.keep_stops"), Verb.KEEP_STOPS)
    return View(f"{text} {reader.t('panic.still')}", ((flatten,), (keep,)))


def unwritten(reader: Reader, done: Panicked) -> View:
    """Said at once: no notice can be left anywhere, and no button either."""
    left = ", ".join(coin(symbol) for symbol in done.left)
    key = "panic.unwritten_left" if left else "panic.unwritten"
    return View(f"<b>{reader.t(key, closed=len(done.closed), left=left)}</b>")


def late_unwritten(reader: Reader) -> View:
    return View(f"<b>{reader.t('panic.late_unwritten')}</b>")
