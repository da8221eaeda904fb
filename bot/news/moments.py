"""Times as strangers write them, read without trust."""

from datetime import UTC, datetime


def moment(text: str | None) -> datetime | None:
    """ISO 8601, or nothing."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def since_1970(seconds: float | str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
