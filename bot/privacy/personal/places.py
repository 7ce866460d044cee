"""Street addresses. A street or a district without a house number stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.public import public
from bot.privacy.personal.streets import AT_HOME, COUNTED, HOME, KNOWN_OWNER, LIKE_A_STREET, NUMBER_FIRST, STREETS
from bot.privacy.personal.text import Span, Text


def find_places(text: Text) -> Iterator[Span]:
    """Street addresses in `text`, with floor, door, postal code and town; those of services stay, but where somebody says to live there."""
    if not any(sign.isdigit() for sign in text.plain):
        return
    at_home = HOME.search(text.plain) is not None
    for pattern in (*STREETS, *NUMBER_FIRST):
        for match in pattern.finditer(text.written):
            if not (_counts(text, match) or _is_phrase(match)) and (at_home or not _is_public(text, match)):
                yield Span(match.start(), match.end(), "address")
    for match in AT_HOME.finditer(text.written):
        if not _counts(text, match) and (match["tail"] or LIKE_A_STREET.fullmatch(match["street"])):
            yield Span(match.start("street"), match.end(), "address")


def _counts(text: Text, match: re.Match[str]) -> bool:
    return not match["tail"] and not match["letter"] and COUNTED.match(text.plain, match.end("number")) is not None


def _is_phrase(match: re.Match[str]) -> bool:
    """Whether two words in small letters are no street, since the first is an everyday word: «samme vej 2»."""
    parts = match.groupdict()
    owner = (parts.get("owner") or "").lower()
    if not owner or parts["big"] or KNOWN_OWNER.fullmatch(owner):
        return False
    return owner in public().words and not (owner.endswith("s") and match["tail"])


def _is_public(text: Text, match: re.Match[str]) -> bool:
    end = match.end("letter") if match["letter"] else match.end("number")
    return text.plain[match.start() : end].strip() in public().addresses
