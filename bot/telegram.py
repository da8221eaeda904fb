"""The desk's line to Telegram: any Bot API server, HTML, its pace, and the command menu."""

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BotCommand

from bot.limiter import OutgoingPace
from core.domain.people import Language
from handlers.start import COMMANDS
from handlers.words import Words


def open_bot(token: str, api_url: str, *, paced: bool) -> Bot:
    """`paced` keeps to one new message a second per chat."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
    if paced:
        session.middleware(OutgoingPace())
    properties = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    return Bot(token, session=session, default=properties)


async def announce_commands(bot: Bot, words: Words, default: Language) -> None:
    """The command menu, in each language and in the desk's own for everybody else."""
    for language, t in words.items():
        menu = [BotCommand(command=c, description=t(f"command.{c}")) for c in COMMANDS]
        await bot.set_my_commands(menu, language_code=language.value)
        if language is default:
            await bot.set_my_commands(menu)
