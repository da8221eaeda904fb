"""Imports aiogram the quick way, before a test module imports it the slow one."""

from bot.late_models import import_aiogram

import_aiogram()
