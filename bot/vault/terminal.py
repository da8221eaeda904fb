"""Asks for what must not be seen: at a terminal without echo, otherwise a line of the input."""

import sys
import warnings
from getpass import GetPassWarning, getpass

from bot.errors import WrongQuestion
from core.domain.secret import Secret


def ask(prompt: str) -> Secret:
    """Raises WrongQuestion where nothing comes, or where it could be seen."""
    if someone_is_there():
        return Secret(_typed(prompt))
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        raise WrongQuestion("nothing was typed, and nothing is kept")
    return Secret(line.rstrip("\r\n"))


def someone_is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _typed(prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            return getpass(prompt)
    except GetPassWarning:
        raise WrongQuestion("this terminal would show what is typed: use another") from None
    except EOFError:
        raise WrongQuestion("nothing was typed, and nothing is kept") from None
