"""`python -m bot`: the desk in Telegram, the demo where there is no token, or a tool that answers."""

import gc
import signal
import sys
from importlib import import_module

from bot.command_line import TOOLS, Asked, Tool, read_command
from bot.errors import Stop


def main() -> int:
    """The exit code; a wrong setting, market or question is one sentence, not a traceback."""
    words = sys.argv[1:]
    tool = TOOLS.get(words[0]) if words else None
    try:
        return _ask(tool, words[1:]) if tool else _serve(read_command(words))
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _ask(tool: Tool, words: list[str]) -> int:
    code: int = import_module(tool.module).main(words)
    return code


def _serve(asked: Asked) -> int:
    gc.disable()  # until the desk stands: all that is made up to then lives as long as it
    from bot.late_models import import_aiogram

    import_aiogram()
    from bot.process import start_logging, telegram
    from bot.settings import load_settings

    settings = load_settings()
    start_logging(settings.log_level)
    token = settings.telegram_token.get_secret_value()
    if asked.command == "run" or (token and not asked.command):
        telegram(asked, settings)
    else:
        from bot.demo.desk import demo

        demo(asked, settings)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
