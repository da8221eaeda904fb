"""Rules of the house that no single module can keep."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.words import load_words
from core.domain.people import Language
from handlers import routers
from handlers.pressed import Pressed
from handlers.start import COMMANDS
from handlers.views.view import Verb

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
README = ROOT / "README.md"
WORDS = load_words()
NAME = re.compile(r"^#?\s?([A-Z][A-Z_]+)=", re.MULTILINE)


def inside(router):
    yield router
    for inner in router.sub_routers:
        yield from inside(inner)


ROUTERS = tuple(inside(routers.build()))


def pressed_verbs():
    """Every verb that some handler waits for."""
    for router in ROUTERS:
        for handler in router.callback_query.handlers:
            for condition in handler.filters or ():
                if isinstance(condition.callback, Pressed):
                    yield from condition.callback._verbs.values()


def typed_commands():
    for router in ROUTERS:
        for handler in router.message.handlers:
            yield from (c for name in handler.flags.get("commands", ()) for c in name.commands)


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the example is still being written")
def test_the_example_names_every_setting_and_no_other():
    named = NAME.findall(EXAMPLE.read_text(encoding="utf-8"))
    assert sorted(named) == sorted(field.upper() for field in Settings.model_fields)


@pytest.mark.skipif(not README.exists(), reason="the front page is still being written")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert f"/{command}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described_in_the_menu(command, language):
    described = WORDS[language](f"command.{command}")
    assert 1 <= len(described) <= 256


def test_every_command_of_the_menu_has_a_handler_and_no_handler_is_kept_secret():
    assert sorted(typed_commands()) == sorted(COMMANDS)


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_one_handler(verb):
    assert list(pressed_verbs()).count(verb) == 1


@pytest.mark.parametrize("verb", Verb)
def test_a_button_says_no_more_than_telegram_carries(verb):
    assert len(f"{verb}:{'x' * 10}".encode()) <= 64


def test_every_module_opens_with_a_sentence():
    sources = [path for part in ("core", "handlers", "bot", "tests") for path in part_of(part)]
    silent = [str(path) for path in sources if not path.read_text("utf-8").startswith('"""')]
    assert silent == []


def part_of(name):
    return (path for path in (ROOT / name).rglob("*.py") if path.stat().st_size)
