"""What was uploaded: photos and documents, kept in memory and found again by their id."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.images import dimensions
from bot.demo.telegram.request import Arguments, Upload

THUMBNAIL = 320


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One upload; a photo also knows its size on the screen."""

    id: str
    upload: Upload
    size: tuple[int, int] | None = None

    @property
    def unique_id(self) -> str:
        return hashlib.sha256(self.upload.data).hexdigest()[:16]

    @property
    def path(self) -> str:
        folder = "photos" if self.size else "documents"
        return f"{folder}/{self.id}"

    @property
    def address(self) -> str:
        """Where the chat page finds it."""
        return f"/files/{self.id}"

    def wire(self) -> dict[str, Any]:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.data),
        }

    def photo(self) -> list[dict[str, Any]]:
        """A thumbnail's measure and the whole; both ids lead to the same bytes."""
        width, height = self.size or (0, 0)
        scale = THUMBNAIL / max(width, height, THUMBNAIL)
        small = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
        whole = {**self.wire(), "width": width, "height": height}
        return [whole] if scale == 1 else [{**self.wire(), **small}, whole]

    def document(self) -> dict[str, Any]:
        upload = self.upload
        return {**self.wire(), "file_name": upload.name, "mime_type": upload.content_type}


class Files:
    """The uploads of one bot."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def find(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def photo(self, arguments: Arguments, value: str, field: str = "photo") -> StoredFile:
        """A photo that is uploaded with the request or was uploaded before."""
        upload = _uploaded(arguments, value, field)
        if upload is None:
            return self._known(value, field, photo=True)
        return self._keep(upload, dimensions(upload.data))

    def document(self, arguments: Arguments, value: str, field: str = "document") -> StoredFile:
        upload = _uploaded(arguments, value, field)
        if upload is None:
            return self._known(value, field, photo=False)
        if not upload.data:
            raise bad_request("file must be non-empty")
        return self._keep(upload, None)

    def _keep(self, upload: Upload, size: tuple[int, int] | None) -> StoredFile:
        stored = StoredFile(secrets.token_urlsafe(24), upload, size)
        self._files[stored.id] = stored
        return stored

    def _known(self, value: str, field: str, *, photo: bool) -> StoredFile:
        if not value or value.startswith("attach://"):
            raise bad_request(f"there is no {field} in the request")
        stored = self._files.get(value)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if (stored.size is not None) is not photo:
            wanted, found = ("Photo", "Document") if photo else ("Document", "Photo")
            raise bad_request(f"can't use file of type {found} as {wanted}")
        return stored


def _uploaded(arguments: Arguments, value: str, field: str) -> Upload | None:
    name = value.removeprefix("attach://") if value.startswith("attach://") else field
    return arguments.uploads.get(name)
