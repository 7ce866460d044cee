"""The search for traces finds what is there; otherwise the tests that rely on it could not fail."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from pathlib import Path

import pytest

from tests.hardening.traces import files_below, holds, traces

SENTENCE = "græder på Ærøgade"
PLAIN = b"\x00\xff" + f"noget {SENTENCE} mere ".encode() * 3


@pytest.mark.parametrize(
    "content",
    [
        SENTENCE.encode("utf-8"),
        b"x" + SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("latin-1"),
        b"text=gr%C3%A6der+p%C3%A5+%C3%86r%C3%B8gade",
        b"/gr%C3%A6der%20p%C3%A5%20%C3%86r%C3%B8gade",
        b'{"text": "gr\\u00e6der p\\u00e5 \\u00c6r\\u00f8gade"}',
        b"in front" + gzip.compress(PLAIN) + b"behind",
        gzip.compress(PLAIN * 999)[:-20],
        b"in front" + zlib.compress(PLAIN, 9) + b"behind",
    ],
)
def test_a_sentence_is_found_however_it_is_written_and_packed(content: bytes) -> None:
    assert holds(content, SENTENCE)
    assert not holds(content, "en anden sætning")


def test_a_sentence_is_found_in_a_database_that_deleted_it(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "some.db")
    database.executescript("PRAGMA secure_delete = OFF; PRAGMA journal_mode = WAL; CREATE TABLE said (text)")
    database.execute("INSERT INTO said VALUES (?)", (SENTENCE,))
    database.commit()
    database.execute("DELETE FROM said")
    database.commit()
    assert {Path(path).name for path, _ in traces(files_below(tmp_path), SENTENCE, "en anden sætning")} == {"some.db-wal"}
    database.close()
