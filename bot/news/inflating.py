"""Unpacks an answer while it comes in, never more of it than may be kept."""

import zlib
from collections.abc import Callable

from bot.news.errors import Failed, Refused

ANY_HEADER = zlib.MAX_WBITS | 32
Take = Callable[[bytes], bytes]


def unpacker(encoding: str, most: int) -> Take:
    """Takes pieces; raises Refused as soon as there is more than `most`."""
    if encoding in {"", "identity"}:
        return _counted(lambda piece, _room: piece, most)
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return _counted(zlib.decompressobj(ANY_HEADER).decompress, most)
    raise Failed(f"packed in a way nobody asked for: {encoding!r}")


def _counted(unpack: Callable[[bytes, int], bytes], most: int) -> Take:
    total = 0

    def take(piece: bytes) -> bytes:
        nonlocal total
        try:
            out = unpack(piece, most - total + 1)
        except zlib.error:
            raise Failed("a broken package") from None
        total += len(out)
        if total > most:
            raise too_large(most)
        return out

    return take


def too_large(most: int) -> Refused:
    return Refused(f"more than {most / 1_000_000:g} MB")
