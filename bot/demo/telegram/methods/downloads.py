"""Where a bot finds a file again."""

from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.service import Service


async def get_file(service: Service, arguments: Arguments) -> dict[str, Any]:
    stored = service.files.find(arguments.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return {**stored.wire(), "file_path": stored.path}


METHODS = {"getFile": get_file}
