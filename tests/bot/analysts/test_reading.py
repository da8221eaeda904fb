"""Whatever JSON a provider sends, reading it gives an answer or a reason, and counts that add up."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.analysts.anthropic_voice import _reply as of_messages
from bot.analysts.compatible_voice import _reply as of_chat
from bot.analysts.loose import body_of
from bot.analysts.perplexity_voice import PerplexityVoice
from bot.analysts.responses import reply_of
from bot.analysts.usage import Counts, counted, tokens
from core.domain.model import Said, Unsaid
from tests.bot.analysts.wire import WIRES, model, prompt

PROMPT = prompt()
MODEL = model("any")
LEAVES = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8)
JSON = some.recursive(
    LEAVES,
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
READERS = {
    "openai": lambda body: reply_of(body, MODEL, PROMPT),
    "anthropic": lambda body: of_messages(body, MODEL, PROMPT),
    "perplexity": lambda body: PerplexityVoice(None, MODEL)._reply(body, PROMPT),
    "ollama": lambda body: of_chat(body, MODEL, PROMPT),
}


def places(found, path=()):
    """Every place in a tree of JSON."""
    yield path
    inside = found.items() if isinstance(found, dict) else ()
    inside = enumerate(found) if isinstance(found, list) else inside
    for key, one in inside:
        yield from places(one, (*path, key))


def spoiled(whole, path, nonsense):
    copy = json.loads(json.dumps(whole))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = nonsense
    return copy


@pytest.mark.parametrize("name", READERS)
@given(data=some.data())
def test_nonsense_anywhere_in_an_answer_raises_nothing(name, data):
    wire = WIRES[name]
    whole = data.draw(some.sampled_from([wire.good(), wire.cut(), wire.refused()]))
    path = data.draw(some.sampled_from([path for path in places(whole) if path]))
    reply = READERS[name](spoiled(whole, path, data.draw(JSON)))
    assert isinstance(reply, Said | Unsaid)
    used = reply.usage
    assert min(used.input, used.cached, used.cache_write, used.reasoning, used.searches) >= 0
    assert used.reasoning <= used.output
    assert MODEL.price.of(used) >= 0


@given(JSON, JSON, JSON, JSON, JSON)
def test_parts_of_a_count_never_exceed_it(whole, output, cached, written, reasoning):
    used = counted(Counts(whole, output, cached, written, reasoning), PROMPT, "said")
    assert min(used.input, used.cached, used.cache_write) >= 0
    if isinstance(whole, int) and not isinstance(whole, bool) and 0 <= whole <= 10**9:
        assert used.input + used.cached + used.cache_write == whole
    assert 0 <= used.reasoning <= used.output


@given(some.text())
def test_a_guess_of_tokens_is_at_least_a_third_of_the_letters(words):
    assert len(words) / 3 <= tokens(words) <= len(words)


@given(some.text())
def test_any_text_is_an_object_or_nothing(words):
    assert body_of(words) is None or isinstance(body_of(words), dict)
