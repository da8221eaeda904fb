"""How far a search has come, for programs and for people."""

import io
import json

import pytest

from bot.search.watching import Watching


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal():
    return Terminal()


def test_a_program_hears_of_every_step_in_json(capsys):
    watching = Watching(listened=True)
    watching("read", 0, 1)
    watching.on("search")(3, 10, 1.5)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"stage": "read", "done": 0, "total": 1},
        {"stage": "search", "done": 3, "total": 10, "best": 1.5},
    ]


def test_a_person_sees_a_bar_that_ends_with_its_line(terminal):
    watching = Watching(screen=terminal)
    watching("search", 5, 10, 1.25)
    assert terminal.getvalue().startswith("\r")
    assert "5/10  best 1.25" in terminal.getvalue()
    watching("search", 10, 10, 1.25)
    assert terminal.getvalue().endswith("10/10  best 1.25\n")
    watching.close()
    assert terminal.getvalue().count("\n") == 1


def test_half_a_bar_is_ended_before_what_comes_next(terminal):
    watching = Watching(screen=terminal)
    watching("search", 1, 10)
    watching.close()
    assert terminal.getvalue().endswith("\n")


def test_a_bar_is_not_drawn_at_every_step(terminal):
    watching = Watching(screen=terminal)
    for done in range(1, 1001):
        watching("search", done, 1000)
    assert terminal.getvalue().count("\r") < 100


def test_nobody_there_hears_nothing(capsys):
    Watching()("search", 1, 10)
    heard = capsys.readouterr()
    assert (heard.out, heard.err) == ("", "")
