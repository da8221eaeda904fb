"""`python -m bot`: the desk in Telegram, or the demo where there is no token."""

import sys

from bot.command_line import read_command


def main() -> int:
    """The exit code; a wrong setting or market is one sentence, not a traceback."""
    asked = read_command(sys.argv[1:])

    from bot.late_models import import_aiogram

    import_aiogram()

    from bot.process import Stop, serve

    try:
        serve(asked)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
