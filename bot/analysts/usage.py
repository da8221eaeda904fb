"""What a call used: as the provider counted it, or guessed rather too high where it did not."""

from dataclasses import dataclass

from bot.analysts.loose import count
from core.domain.model import Model, Prompt, Repair, Usage

LETTERS_PER_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """As they stand in an answer; anything may be missing or nonsense. `whole` is all that was
    sent, and holds `cached` and `written`.
    """

    whole: object
    output: object
    cached: object = 0
    written: object = 0
    reasoning: object = 0


def counted(counts: Counts, prompt: Prompt, said: str) -> Usage:
    """A provider that does not count is not free for that."""
    whole, output = count(counts.whole), count(counts.output)
    whole = guessed(prompt) if whole is None else whole
    output = tokens(said) if output is None else output
    cached = min(count(counts.cached) or 0, whole)
    written = min(count(counts.written) or 0, whole - cached)
    return Usage(
        input=whole - cached - written,
        cached=cached,
        cache_write=written,
        output=output,
        reasoning=min(count(counts.reasoning) or 0, output),
    )


def at_most(model: Model, prompt: Prompt, repair: Repair | None) -> Usage:
    """What a question may have cost whose answer nobody waited for."""
    again = tokens(repair.said) if repair else 0
    return Usage(input=guessed(prompt) + again, output=model.max_output, searches=prompt.searches)


def guessed(prompt: Prompt) -> int:
    return tokens(prompt.system + prompt.user + str(dict(prompt.schema)))


def tokens(words: str) -> int:
    """Letters beyond ASCII count whole."""
    plain = len(words.encode("ascii", "ignore"))
    return -(-plain // LETTERS_PER_TOKEN) + len(words) - plain
