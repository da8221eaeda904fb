"""What can be typed behind `python -m bot keys`: never a key."""

from pathlib import Path
from typing import NoReturn, Protocol

from bot import typed
from bot.typed import Parser

DESCRIPTION = """\
Keys of models and venues, encrypted in the ledger. They are asked for and never arguments, which
the shell would keep; without a terminal each is a line of the standard input."""

TYPED = "typed by you, also after every reboot"


class Discreet(Parser):
    """Repeats nothing of what was typed: it might have been a key."""

    def error(self, message: str) -> NoReturn:
        super().error("this cannot be read; a key is not typed here, it is asked for")


class Commands(Protocol):
    """What argparse makes and does not name."""

    def add_parser(self, name: str, *, help: str, description: str) -> Parser: ...  # noqa: A002


def parser() -> Parser:
    keys = Discreet(prog="python -m bot keys", description=DESCRIPTION)
    commands = keys.add_subparsers(dest="command", metavar="command", required=True)
    init = _command(commands, "init", "make the vault, and the file with its key")
    init.add_argument("--passphrase", action="store_true", help=TYPED)
    init.add_argument(
        "--existing", action="store_true", help="use the key file that is there already"
    )
    for name, about in (("add", "keep a key"), ("remove", "forget a key")):
        command = _command(commands, name, about)
        command.add_argument("name", help="openai, anthropic, perplexity, binance, bybit …")
        command.add_argument("--account", help="whose, at a venue; main unless said otherwise")
    _command(commands, "list", "what is kept, by its last letters")
    rotate = _command(commands, "rotate", "give the vault another key")
    which = rotate.add_mutually_exclusive_group()
    which.add_argument("--data", action="store_true", help="encrypt every field anew instead")
    which.add_argument("--passphrase", action="store_true", help=TYPED)
    which.add_argument("--file", action="store_true", help="a key file instead of a passphrase")
    _command(commands, "check", "does the key open everything?")
    return keys


def _command(commands: Commands, name: str, about: str) -> Parser:
    command = commands.add_parser(name, help=about, description=about)
    command.add_argument("--ledger", type=Path, metavar="DIR", help="where the ledger lives")
    command.add_argument("--language", type=typed.language, help="ko or en")
    return command
