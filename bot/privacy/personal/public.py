"""What the content itself tells everybody: a service's number, address or name is nobody's secret."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from bot.settings import Settings

_FOLDERS = ("directory", "topics", "guides")
_PHONE = re.compile(r"(?<!\d)\d(?: ?\d){7}(?!\d)")
_ADDRESS = re.compile(r"\baddress_1: *\"?([^\",}\n]*?\d+\w?)\b")
_HOST = re.compile(r"https?://(?:www\.)?([\w.-]+)")
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_WORD = re.compile(r"[^\W\d_]+")


class Public(NamedTuple):
    """All in lower case: telephone numbers as digits, street addresses without floor, hosts without «www.», every word."""

    phones: frozenset[str]
    addresses: frozenset[str]
    hosts: frozenset[str]
    emails: frozenset[str]
    words: frozenset[str]


@cache
def public() -> Public:
    """What stands in the files of topics, guides and directory; read once."""
    data = Settings().data
    files = sorted(path for folder in _FOLDERS for path in (data / folder).rglob("*.yml"))
    content = "\n".join(path.read_text(encoding="utf-8") for path in files).lower()
    return Public(
        phones=frozenset(number.replace(" ", "") for number in _PHONE.findall(content)),
        addresses=frozenset(_ADDRESS.findall(content)),
        hosts=frozenset(_HOST.findall(content)),
        emails=frozenset(_EMAIL.findall(content)),
        words=frozenset(_WORD.findall(content)),
    )
