"""What the model of the chat is told, word for word. Another text needs another version and file."""

import json
from pathlib import Path

from core.ask.round import most_tokens
from core.domain.model import PromptKind
from core.domain.people import Language
from core.domain.talk import Asked, Talk
from core.prompt import PROMPT_VERSIONS, tokens
from core.prompt.talking import SYSTEM, question
from tests.builders import NOON
from tests.core.ask.chatters import ScriptedChatter
from tests.core.ask.library import Library

GOLDEN = Path(__file__).parents[1] / "prompt" / "golden"
VERSION = PROMPT_VERSIONS[PromptKind.CHAT]
ASKED = question("왜 ETH 숏 잡았어?", Language.KO, NOON)


def tools():
    desk = Library(ScriptedChatter([()])).desk
    return (*(each.tool for each in desk.shelf), desk.suggestions.tool)


def spelled():
    told = [
        json.dumps([t.name, t.description, t.schema], ensure_ascii=False, indent=1)
        for t in tools()
    ]
    between = "--- from here on it is another text each time ---"
    return "\n".join((SYSTEM, *told, between, "", ASKED, ""))


def test_a_talk_begins_as_it_did():
    golden = GOLDEN / f"chat-{VERSION}.txt"
    assert spelled() == golden.read_text(encoding="utf-8")


def test_what_comes_first_names_no_date_and_makes_nobody_of_the_model():
    assert not any(f"20{year}" in SYSTEM for year in range(20, 40))
    assert not any(word in SYSTEM for word in ("You are", "legend", "expert", "profit"))


def test_what_comes_first_is_short_enough_to_be_sent_six_times():
    told = json.dumps([[t.name, t.description, t.schema] for t in tools()])
    assert tokens(SYSTEM + told) < 2_500


def test_what_is_set_aside_is_more_than_the_words_can_be():
    talk = Talk(version=VERSION, system=SYSTEM, turns=(Asked(ASKED),), tools=tools())
    assert most_tokens(talk) > tokens(SYSTEM + ASKED) * 2
