"""What the tests of the vault lock with: quick, and the same everywhere."""

from bot.vault.stretching import Stretch
from core.domain.secret import Secret

QUICK = Stretch(memory=8, passes=1, lanes=1)
WORDS, OTHERS = Secret("the words of a key file"), Secret("the words of another")
