"""Asks once, at a terminal, before something that cannot be taken back."""

import sys

from bot.errors import WrongQuestion
from handlers.words import Translator


def says_yes(question: str, t: Translator) -> bool:
    """Raises WrongQuestion where nobody is there to answer."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongQuestion("nobody is here to be asked: say --yes")
    sys.stdout.write(f"{question} ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in t("rescue.yes").split()
