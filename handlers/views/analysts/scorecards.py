"""/verifier and /me: what objections saved or cost, and what a person's own answers did."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.domain.market import Origin
from core.domain.objection import Objector
from core.scoring.answering import Answered, Tally
from core.scoring.objecting import Effect, Word
from handlers.views import numbers
from handlers.views.phrases import heading
from handlers.views.view import View
from handlers.words import Reader

Effects = Mapping[tuple[Objector, Word], Effect]
ORDER = (Word.VETOED, Word.REDUCED, Word.PASSED)
SENTENCES = (Answered.REJECTED, Answered.EXPIRED, Answered.CHANGED)


def verifier_view(reader: Reader, effects: Effects, origin: Origin) -> View:
    lines = [heading(reader, origin)]
    for objector in Objector:
        lines += _objector(reader, objector, effects)
    lines.append(reader.t("verifier.legend"))
    return View("\n".join(lines))


def _objector(reader: Reader, objector: Objector, effects: Effects) -> Iterator[str]:
    t = reader.t
    own = {word: effects[objector, word] for word in ORDER if (objector, word) in effects}
    who = t.of("opposer", objector)
    if not own:
        yield f"<b>{t('verifier.silent', who=who)}</b>"
        return
    known, saved = sum(one.known for one in own.values()), sum(one.saved for one in own.values())
    worth = _in_r(Decimal(str(saved))) if known else t("scores.not_yet")
    yield f"<b>{t('verifier.title', who=who, worth=worth)}</b>"
    rows = [
        (f"{one.count:,}", _saved(word, one), t.of("objected", word)) for word, one in own.items()
    ]
    yield numbers.columns(rows)
    waits = sum(one.count - one.known for one in own.values())
    if waits:
        yield t("scores.open", n=waits)


def _saved(word: Word, one: Effect) -> str:
    return "" if word is Word.PASSED or not one.known else _in_r(Decimal(str(one.saved)))


def me_view(reader: Reader, answers: Mapping[Answered, Tally], origin: Origin) -> View:
    t = reader.t
    lines = [heading(reader, origin), f"<b>{t('me.title')}</b>"]
    if not answers:
        return View("\n".join([*lines, t("me.none")]))
    rows = [
        (f"{one.count:,}", _in_r(one.gained) if one.known else "", t.of("answered", answer))
        for answer in Answered
        if (one := answers.get(answer))
    ]
    lines.append(numbers.columns(rows))
    lines += _sentences(reader, answers)
    waits = sum(one.count - one.known for one in answers.values())
    if waits:
        lines.append(t("scores.open", n=waits))
    return View("\n".join([*lines, t("me.legend")]))


def _sentences(reader: Reader, answers: Mapping[Answered, Tally]) -> Iterator[str]:
    """Your 14 rejections saved 0.8 R."""
    for answer in SENTENCES:
        one = answers.get(answer)
        if one and one.known:
            verb = "saved" if one.gained >= 0 else "cost"
            amount = f"{abs(one.gained):.1f}"
            yield reader.t(f"me.{answer}.{verb}", n=one.known, r=amount)


def _in_r(value: Decimal) -> str:
    text = numbers.in_r(value)
    return "0.00R" if text in {"+0.00R", "-0.00R"} else text
