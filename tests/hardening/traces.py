"""Looking for what somebody typed, as a forensic examiner would: every file, every spelling in bytes, packed or not."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

# Where a stream begins (RFC 1952, RFC 1950 with the usual window). A browser's cache keeps what came as it came, and our server packs
# in these ways only.
_GZIP = b"\x1f\x8b\x08"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
# LevelDB packs in a third way, but only tables that are full; new entries stand in its log.
PACKED_OTHERWISE = (".ldb", ".sst")


def spellings(sentence: str) -> set[bytes]:
    """`sentence` as the bytes that programs write: UTF-8, UTF-16, Latin-1 (Chromium's short strings), as in forms and in JSON."""
    encoded = {sentence.encode(encoding) for encoding in ("utf-8", "utf-16-le", "latin-1")}
    escaped = {quote(sentence), quote_plus(sentence), json.dumps(sentence)[1:-1]}
    return encoded | {text.encode() for text in escaped}


def traces(files: Iterable[Path], *sentences: str) -> list[tuple[str, str]]:
    """The files that hold one of `sentences`, with the sentence; files that are gone meanwhile hold nothing."""
    found = []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError:
            continue
        found += [(str(path), sentence) for sentence in sentences if holds(content, sentence)]
    return found


def holds(content: bytes, sentence: str) -> bool:
    """Whether `content`, or something packed inside it, holds `sentence` in any spelling."""
    wanted = spellings(sentence)
    return any(spelling in layer for layer in _layers(content) for spelling in wanted)


def files_below(*folders: Path) -> list[Path]:
    """Every regular file below `folders`."""
    return [path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _layers(content: bytes) -> Iterator[bytes]:
    yield content
    view = memoryview(content)
    for start in _positions(content, _GZIP):
        yield _inflated(view[start:], wbits=31)
    for magic in _ZLIB:
        for start in _positions(content, magic):
            yield _inflated(view[start:], wbits=15)


def _positions(content: bytes, magic: bytes) -> Iterator[int]:
    at = content.find(magic)
    while at >= 0:
        yield at
        at = content.find(magic, at + 1)


def _inflated(content: memoryview, wbits: int) -> bytes:
    """As much of a gzip or zlib stream as can be read: its file may have been cut off."""
    stream, read = zlib.decompressobj(wbits), bytearray()
    try:
        for start in range(0, len(content), 512):
            read += stream.decompress(content[start : start + 512])
            if stream.eof:
                break
    except zlib.error:
        pass
    return bytes(read)
