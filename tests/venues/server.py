"""One TLS server for all fake venues: the host name says which of them is meant."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from tests.venues.answers import Answer
from tests.venues.faults import Fault, Http
from tests.venues.hub import Connection
from tests.venues.news import Query
from tests.venues.venue import Venue


def application(venues: Mapping[str, Venue]) -> web.Application:
    """`venues` by host name; a single venue under "" takes every host."""

    async def handle(request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        venue = venues.get(host) or venues.get("")
        if venue is None:
            return web.Response(status=421, text=f"no venue is called {host}")
        return await serve(venue, request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    return app


async def serve(venue: Venue, request: web.Request) -> web.StreamResponse:
    streams = request.headers.get("Upgrade", "").lower() == "websocket"
    query = await asked(request)
    if not streams:
        venue.journal.write(venue.now, request.method, request.path, query)
    fault = venue.faults.http(request.path_qs)
    if fault is not None:
        return await suffer(venue, request, fault)
    if not streams and venue.floor.takes(request.path):
        return await venue.floor.serve(request)
    return await listen(venue, request) if streams else reply(venue.answer(request.path, query))


async def asked(request: web.Request) -> Query:
    query: Query = dict(request.query)
    if request.can_read_body:
        body = await request.text()
        query |= json.loads(body) if body.startswith("{") else dict(parse_qsl(body))
    return query


def reply(answer: Answer) -> web.Response:
    return web.Response(
        status=answer.status,
        text=answer.body,
        headers=answer.headers,
        content_type=answer.content_type,
    )


async def suffer(venue: Venue, request: web.Request, fault: Fault) -> web.Response:
    if fault.kind is Http.STALL:
        await fault.ended.wait()
        return web.Response(status=504)
    if fault.kind is Http.DISCONNECT:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=504)
    return reply(venue.wrong(fault))


async def listen(venue: Venue, request: web.Request) -> web.WebSocketResponse:
    """Keep a socket open, answer its pings unless it is dead, and hand its words to the venue."""
    socket = web.WebSocketResponse(autoping=False, compress=False, max_msg_size=1 << 22)
    await socket.prepare(request)
    connection = Connection(socket, request.path_qs, venue.faults)
    if venue.dialect.binary:
        connection.kind = WSMsgType.BINARY
    venue.hub.connections.add(connection)
    venue.dialect.meet(venue, connection)
    venue.floor.meet(connection)
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await venue.dialect.hear(venue, connection, message.data)
            elif message.type is WSMsgType.PING and not deaf(venue, connection):
                await socket.pong(message.data)
    finally:
        venue.hub.leave(connection)
    return socket


def deaf(venue: Venue, connection: Connection) -> bool:
    return venue.faults.deaf(tuple(connection.channels))
