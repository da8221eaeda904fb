"""Unpacks an answer while it comes in, never more of it than may be kept."""

import zlib
from typing import Protocol

from bot.news.errors import Failed, Refused

ANY_HEADER = zlib.MAX_WBITS | 32


class Unpacker(Protocol):
    """Takes pieces; raises Refused as soon as there is more than may be kept."""

    def take(self, piece: bytes) -> bytes: ...

    def end(self) -> None:
        """Raises Failed for an answer that was cut off."""
        ...


def unpacker(encoding: str, most: int) -> Unpacker:
    if encoding in {"", "identity"}:
        return Plain(most)
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return Packed(most)
    raise Failed(f"packed in a way nobody asked for: {encoding!r}")


class Plain:
    """Counts what passes."""

    def __init__(self, most: int) -> None:
        self._most, self._total = most, 0

    def take(self, piece: bytes) -> bytes:
        self._total += len(piece)
        if self._total > self._most:
            raise too_large(self._most)
        return piece

    def end(self) -> None:
        """Where it should end is the connection's to know."""


class Packed:
    """One package or several, one behind the other. Counted before and behind the unpacking."""

    def __init__(self, most: int) -> None:
        self._came, self._left, self._most = Plain(most), Plain(most), most
        self._package = zlib.decompressobj(ANY_HEADER)
        self._is_whole = True

    def take(self, piece: bytes) -> bytes:
        rest, out = self._came.take(piece), []
        while rest := self._without_padding(rest):
            out.append(self._left.take(self._unpacked(rest)))
            rest = self._package.unused_data
        return b"".join(out)

    def _without_padding(self, rest: bytes) -> bytes:
        return rest.lstrip(b"\0") if self._package.eof else rest

    def _unpacked(self, piece: bytes) -> bytes:
        if self._package.eof:
            self._package = zlib.decompressobj(ANY_HEADER)
        try:
            out = self._package.decompress(piece, self._most + 1)
        except zlib.error:
            raise Failed("a broken package") from None
        self._is_whole = self._package.eof
        return out

    def end(self) -> None:
        if not self._is_whole:
            raise Failed("half a package")


def too_large(most: int) -> Refused:
    return Refused(f"more than {most / 1_000_000:g} MB")
