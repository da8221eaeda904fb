"""What the bot says to a pressed button."""

from bot.demo.telegram.request import Arguments
from bot.demo.telegram.service import Service


async def answer_callback_query(service: Service, arguments: Arguments) -> bool:
    service.presses.answer(
        arguments.text("callback_query_id"),
        arguments.text("text"),
        arguments.text("url"),
        show_alert=arguments.flag("show_alert"),
    )
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
