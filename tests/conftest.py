"""Imports aiogram the quick way, before a test module imports it the slow one; and hears Ctrl+C.

Whoever runs the tests in the background of a shell hands down a SIGINT that means nothing, and the
commands that tests interrupt would inherit it.
"""

import signal

from bot.late_models import import_aiogram

signal.signal(signal.SIGINT, signal.default_int_handler)
import_aiogram()
