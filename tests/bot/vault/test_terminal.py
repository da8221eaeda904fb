"""What is typed is not seen, and what is piped is a line."""

import io
import os
import pty
import subprocess
import sys
import warnings
from getpass import GetPassWarning
from pathlib import Path

import pytest

from bot.errors import WrongQuestion
from bot.vault.terminal import ask, someone_is_there

ASK = "from bot.vault.terminal import ask; print(len(ask('Key: ').reveal()))"


def test_each_secret_is_a_line_of_the_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\r\ntwo words \nthree"))
    assert [ask("?").reveal() for _ in range(3)] == ["one", "two words ", "three"]
    with pytest.raises(WrongQuestion, match="nothing was typed"):
        ask("?")


def test_a_service_without_an_input_has_nobody_to_ask(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert not someone_is_there()
    with pytest.raises(WrongQuestion):
        ask("?")


def test_at_a_terminal_nothing_of_it_is_echoed():
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", ASK],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        cwd=Path(__file__).parents[3],
    )
    os.close(slave)
    shown = b""
    with child:
        while b"Key: " not in shown:
            shown += os.read(master, 1_000)
        os.write(master, b"sk-riddle\n")
        child.wait(timeout=30)
        shown += os.read(master, 1_000)
    os.close(master)
    assert b"9" in shown
    assert b"riddle" not in shown


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("trouble", ["visible", "closed"])
def test_a_terminal_that_would_show_it_or_is_gone_is_a_sentence(monkeypatch, trouble):
    def getpass(_):
        if trouble == "closed":
            raise EOFError
        warnings.warn("Can not control echo", GetPassWarning, stacklevel=2)

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("bot.vault.terminal.getpass", getpass)
    with pytest.raises(WrongQuestion):
        ask("?")
