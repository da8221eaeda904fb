"""The addresses of the person's side."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.demo.telegram.person import watching
from bot.demo.telegram.person.blocking import block
from bot.demo.telegram.person.body import Unusable, read, seconds, whole
from bot.demo.telegram.person.stopping import draft, stop
from bot.demo.telegram.person.tapping import tap
from bot.demo.telegram.person.views import message_view
from bot.demo.telegram.person.writing import write
from bot.demo.telegram.service import Service

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
#: Shown in the page itself; everything else is only offered for download.
SHOWN = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def spoken(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Answers with JSON; what cannot be done is answered with one sentence."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response(await handler(request))
        except Unusable as unusable:
            return web.json_response({"error": unusable.sentence}, status=unusable.status)

    return answer


class PersonSide:
    """What the page and the tests speak to."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/person/messages", spoken(self.write)),
            web.post("/person/taps", spoken(self.tap)),
            web.post("/person/block", spoken(self.block)),
            web.post("/person/stop", spoken(self.stop)),
            web.get("/person/draft", spoken(self.draft)),
            web.get("/person/chat", spoken(self.chat)),
            web.get("/person/events", spoken(self.events)),
            web.get("/person/toasts", spoken(self.toasts)),
            web.get("/person/commands", spoken(self.commands)),
            web.get("/person/me", spoken(self.me)),
            web.get("/files/{id}", self.file),
        ]

    async def write(self, request: web.Request) -> Any:
        message = write(self._service, await read(request))
        return message_view(self._service.room, message)

    async def tap(self, request: web.Request) -> Any:
        return await tap(self._service, await read(request))

    async def block(self, request: web.Request) -> Any:
        return {"blocked": block(self._service, await read(request))}

    async def stop(self, request: web.Request) -> Any:
        return stop(self._service, await read(request))

    async def draft(self, request: web.Request) -> Any:
        return draft(self._service, self._chat(request))

    async def chat(self, request: web.Request) -> Any:
        after = whole(request, "after", 0)
        wait = seconds(request, "wait")
        return await watching.messages(self._service, self._chat(request), after, wait)

    async def events(self, request: web.Request) -> Any:
        after = whole(request, "after", 0)
        wait = seconds(request, "wait")
        return await watching.events(self._service, self._chat(request), after, wait)

    async def toasts(self, request: web.Request) -> Any:
        return watching.toasts(self._service, self._chat(request), whole(request, "after", 0))

    async def commands(self, request: web.Request) -> Any:
        return watching.commands(self._service, self._chat(request))

    async def me(self, _: web.Request) -> Any:
        service, owner = self._service, self._service.contacts.owner
        return {
            **owner.wire(),
            "bot": service.account.me(),
            "description": service.profile.description_for(owner.language_code),
        }

    async def file(self, request: web.Request) -> web.Response:
        stored = self._service.files.find(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        data, name = stored.upload.data, stored.upload.name
        kind = next((kind for start, kind in SHOWN.items() if data.startswith(start)), None)
        if stored.size is not None and kind is not None:
            return web.Response(body=data, content_type=kind)
        response = web.Response(body=data, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        return response

    def _chat(self, request: web.Request) -> int:
        return whole(request, "chat", self._service.contacts.owner.id)
