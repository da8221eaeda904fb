"""`python -m bot`: the desk in Telegram, or the demo where there is no token."""

import gc
import signal
import sys

from bot.command_line import Asked, read_command
from bot.late_models import import_aiogram


def main() -> int:
    """The exit code; a wrong setting or market is one sentence, not a traceback."""
    asked = read_command(sys.argv[1:])
    gc.disable()  # until the desk stands: all that is made up to then lives as long as it
    import_aiogram()
    try:
        return _serve(asked)
    except KeyboardInterrupt:
        return 130


def _serve(asked: Asked) -> int:
    from bot.errors import Stop
    from bot.process import start_logging, telegram
    from bot.settings import load_settings

    try:
        settings = load_settings()
        start_logging(settings.log_level)
        token = settings.telegram_token.get_secret_value()
        if asked.command == "run" or (token and not asked.command):
            telegram(asked, settings)
        else:
            from bot.demo.desk import demo

            demo(asked, settings)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
