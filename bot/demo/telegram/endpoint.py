"""Where bots knock: /bot<token>/<method>, and /file/bot<token>/<path> for what they uploaded."""

import hmac
import json
from typing import Any

from aiohttp import web

from bot.demo.telegram import request
from bot.demo.telegram.errors import Refused
from bot.demo.telegram.methods import METHODS, Method
from bot.demo.telegram.service import Service

Json = Any


def _answer(status: int, body: dict[str, Json]) -> web.Response:
    return web.json_response(body, status=status, dumps=_dumps)


def _dumps(body: Json) -> str:
    return json.dumps(body, ensure_ascii=False)


def _method(name: str) -> Method:
    method = METHODS.get(name.lower())
    if method is None:
        raise Refused(404, "Not Found")
    return method


class Endpoint:
    """Answers one bot; whoever brings another token is nobody."""

    def __init__(self, service: Service, token: str) -> None:
        self._service = service
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, incoming: web.Request) -> web.Response:
        try:
            self._check(incoming)
            method = _method(incoming.match_info["method"])
            result = await method(self._service, await request.read(incoming))
        except Refused as refused:
            return _answer(refused.code, refused.answer())
        return _answer(200, {"ok": True, "result": result})

    async def download(self, incoming: web.Request) -> web.Response:
        try:
            self._check(incoming)
        except Refused as refused:
            return _answer(refused.code, refused.answer())
        stored = self._service.files.find(incoming.match_info["path"].rpartition("/")[2])
        if stored is None:
            return _answer(404, Refused(404, "Not Found").answer())
        return web.Response(body=stored.upload.data, content_type="application/octet-stream")

    def _check(self, incoming: web.Request) -> None:
        given = incoming.match_info["token"]
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            raise Refused(401, "Unauthorized")
        if incoming.method not in ("GET", "POST"):
            raise Refused(405, "Method Not Allowed")
