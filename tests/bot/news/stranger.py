"""A stranger's web server on loopback, with real TLS, real redirects and bad manners on demand."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import trustme

from bot.news.fetching import Fetch
from bot.news.guard import Guard, is_public
from tests.fakes import FakeClock

Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]
CA = trustme.CA()


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    CA.configure_trust(context)
    return context


def answer(body=b"", status="200 OK", **headers):
    """A whole, well-behaved answer."""
    said = {
        "Content-Length": str(len(body)),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value is not None)

    async def talk(writer):
        writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return talk


def moved(location, status="302 Found"):
    return answer(status=status, Location=location)


def drip(piece=b"x", pause=0.05):
    """Says that a lot is to come, and lets it drop by drop."""

    async def talk(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return talk


def flood(megabytes):
    """Never says how much is to come."""

    async def talk(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(megabytes * 16):
            writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
            await writer.drain()
        writer.write(b"0\r\n\r\n")

    return talk


@dataclass
class Stranger:
    """What stands at which path, what was asked, and where each name leads."""

    port: int = 0
    pages: dict[str, Talk] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    looked: list[str] = field(default_factory=list)
    sent: int = 0

    def url(self, path="/feed", host="news.example"):
        return f"https://{host}:{self.port}{path}"

    async def resolve(self, host, _port):
        """Each name's answers in turn, the last one for ever: so can a name be rebound."""
        self.looked.append(host)
        answers = self.names.get(host, [["127.0.0.1"]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def fetch(self, clock=None, permits=None, **limits):
        """Loopback is let through here, and nowhere else."""
        allowed = permits or (lambda address: is_public(address) or str(address) == "127.0.0.1")
        return Fetch(clock or FakeClock(), Guard(self.resolve, allowed), trusting(), **limits)

    async def serve(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            path = head[0].split()[1]
            lines = (line.partition(": ") for line in head[1:] if line)
            self.asked.append({"path": path} | {name.lower(): value for name, _, value in lines})
            await self.pages.get(path, answer(status="404 Not Found"))(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.transport.abort() if writer.is_closing() else writer.close()


@asynccontextmanager
async def stranger(*hosts):
    """At news.example and these other names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CA.issue_cert("news.example", *hosts).configure_cert(context)
    there = Stranger()
    server = await asyncio.start_server(there.serve, "127.0.0.1", 0, ssl=context)
    there.port = server.sockets[0].getsockname()[1]
    try:
        yield there
    finally:
        server.close()
        server.close_clients() if hasattr(server, "close_clients") else None
