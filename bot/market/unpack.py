"""The text inside a file, whether it is plain, gzipped or a ZIP of several; told by its bytes."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.market.formats import Layout, recognise
from bot.market.parquet import ParquetTable, is_parquet
from bot.market.report import CandleFileError
from bot.market.sieve import Sieve

SUFFIXES = (".csv", ".csv.gz", ".zip", ".parquet")


@dataclass(frozen=True, slots=True)
class Source:
    """One table of text. `names` are where its symbol may stand, the nearest first."""

    name: str
    names: tuple[str, ...]
    text: str

    def rows(self) -> tuple[Layout, Sieve]:
        layout = recognise(self.text, self.name)
        return layout, Sieve.of_text(self.text, layout)


def candidates(path: Path) -> list[Path]:
    """The file itself, or everything in a folder that looks like a table by its suffix."""
    if not path.exists():
        raise CandleFileError(f"{path}: there is no such file or folder.")
    if not path.is_dir():
        return [path]
    inside = (file for file in path.rglob("*") if file.name.lower().endswith(SUFFIXES))
    found = sorted(file for file in inside if file.is_file() and not file.name.startswith("."))
    if not found:
        raise CandleFileError(f"{path}: the folder holds no .csv, .csv.gz, .zip or .parquet file.")
    return found


def unpack(path: Path) -> Iterator[Source | ParquetTable]:
    try:
        if is_parquet(path):
            yield ParquetTable(path)
            return
        yield from _sources(path, path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise CandleFileError(f"{path}: it cannot be read or unpacked: {error}.") from error
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise CandleFileError(f"{path}: the ZIP cannot be opened: {error}.") from error


def _sources(path: Path, body: bytes) -> Iterator[Source]:
    if body.startswith(b"PK"):
        yield from _members(path, body)
        return
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    yield Source(str(path), (path.name,), _text(body))


def _members(path: Path, body: bytes) -> Iterator[Source]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        tables = [name for name in archive.namelist() if _is_table(name)]
        if not tables:
            raise CandleFileError(f"{path}: the ZIP holds no .csv file.")
        for name in tables:
            names = (PurePosixPath(name).name, path.name)
            yield Source(f"{path}!{name}", names, _text(archive.read(name)))


def _is_table(member: str) -> bool:
    name = PurePosixPath(member).name
    return name.lower().endswith(".csv") and not name.startswith(".")


def _text(body: bytes) -> str:
    text = body.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
