"""What a model says to a question: shown as plain words, in which nothing can be tapped by mistake.

A model's text may be anything. Commands, links and addresses in it are set as code, which a
telephone copies and does not follow.
"""

import re
from collections.abc import Callable, Collection
from html import escape

from core.ask.asking import Answer
from core.domain.market import Origin
from core.domain.model import Failure
from core.domain.talk import Suggested
from core.prompt import plain
from handlers.views.phrases import heading
from handlers.views.status import help_view
from handlers.views.view import Key, Verb, View
from handlers.words import Reader

LONGEST = 3_000  # Telegram counts UTF-16, and takes 4,096 with all that stands around it
LONGEST_LINE = 1_000
MOST_LINES = 60
TAPPABLE = re.compile(r"(?:[a-z]+:)?//\S+|(?<!\w)/\w+(?:@\w+)?|@\w+|\S+\.[^\W\d]{2,}\S*")
MARKS = re.compile(r"\*\*|__|^#+ ", re.MULTILINE)


def written(reader: Reader, origin: Origin, text: str) -> str:
    """What has come so far; empty before the first word."""
    said = harmless(text)
    return f"{heading(reader, origin)}\n{said}" if said else ""


def answered(
    reader: Reader,
    answer: Answer,
    only_shows: Callable[[Suggested], bool],
    *,
    stopped: bool = False,
) -> View:
    """Commands that only show something become buttons, others words to copy."""
    parts = [
        harmless(answer.text),
        "\n".join(copied(reader, one) for one in answer.suggestions if not only_shows(one)),
        _ending(reader, answer, stopped=stopped),
    ]
    keys = [key(one) for one in answer.suggestions if only_shows(one)]
    return View("\n\n".join(part for part in parts if part), tuple((each,) for each in keys))


def copied(reader: Reader, one: Suggested) -> str:
    return reader.t("ask.copy", command=f"<code>{escape(one.text, quote=False)}</code>")


def key(one: Suggested) -> Key:
    return Key(one.text, Verb.SUGGESTED, one.command, one.words)


def thinking(reader: Reader, text: str, question: str) -> View:
    """A message that stands where drafts are not known."""
    said = harmless(text) or reader.t("ask.thinking")
    return View(said, ((Key(reader.t("button.stop_answer"), Verb.STOP_ANSWER, question),),))


def closed(reader: Reader, commands: Collection[str]) -> View:
    """Nobody is there to answer plain words."""
    t = reader.t
    commands_told = help_view(reader, tuple(commands)).text
    return View(f"{t('fallback.text')}\n{t('ask.no_model')}\n\n{commands_told}")


def harmless(text: str) -> str:
    """Escaped, without invisible signs and markup; what could be tapped is set as code."""
    return "\n".join(_line(line) for line in _cut(text).splitlines()[:MOST_LINES]).strip()


def _cut(text: str) -> str:
    """In UTF-16 units, never through the middle of a sign."""
    bare = MARKS.sub("", text)
    units = bare.encode("utf-16-le", "replace")[: LONGEST * 2]
    short = units.decode("utf-16-le", "ignore")
    return short if len(short) == len(bare) else short + "…"


def _line(line: str) -> str:
    safe, last = [], 0
    said = plain(line, LONGEST_LINE)
    for found in TAPPABLE.finditer(said):
        safe += [escape(said[last : found.start()], quote=False), _code(found[0])]
        last = found.end()
    return "".join((*safe, escape(said[last:], quote=False)))


def _code(text: str) -> str:
    return f"<code>{escape(text, quote=False)}</code>"


def _ending(reader: Reader, answer: Answer, *, stopped: bool) -> str:
    """Why it is not whole, and what it has cost."""
    t = reader.t
    if stopped:
        return f"<i>{t('ask.stopped')}</i>"
    if answer.failure is Failure.BUDGET:
        return t("ask.budget")
    if answer.failure is not None:
        said = "ask.failed" if answer.text else "ask.unanswered"
        return t(said, why=t.of("failure", answer.failure))
    if not answer.text:
        return t("ask.nothing")
    return f"<i>{t('ask.cost', cost=f'{answer.cost:.4f}')}</i>"
