"""Is this a picture, and how large: what Telegram checks before it shows a photo."""

from bot.demo.telegram.errors import bad_request

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
#: Start-of-frame markers of JPEG; C4, C8 and CC among them mean something else.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
LARGEST_SUM = 10_000
LARGEST_RATIO = 20
LARGEST_PHOTO = 10 * 1024 * 1024


def dimensions(data: bytes) -> tuple[int, int]:
    """Width and height of a photo that Telegram would accept."""
    if len(data) > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; "
            f"the maximum size is {LARGEST_PHOTO} bytes",
        )
    size = _png(data) or _jpeg(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    shorter, longer = sorted(size)
    if sum(size) > LARGEST_SUM or shorter == 0 or longer > LARGEST_RATIO * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(PNG) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(JPEG):
        return None
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        if data[position + 1] in FRAMES:
            height = int.from_bytes(data[position + 5 : position + 7])
            return int.from_bytes(data[position + 7 : position + 9]), height
        position += 2 + int.from_bytes(data[position + 2 : position + 4])
    return None
