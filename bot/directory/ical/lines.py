"""The lines of an iCalendar from outside (RFC 5545, section 3.1), with their numbers, of its events only."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.topics.yaml_file import ContentError, Problem

MOST_EVENTS = 10_000
_LISTS = ("RDATE", "EXDATE")
# What is read of an event. Time zones' own rules are not: they could run for ever, and icalendar keeps them for the next calendar.
_READ = (
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "STATUS", "SEQUENCE", "LOCATION", "ORGANIZER", "URL",
    "RECURRENCE-ID", "RRULE", "EXRULE", *_LISTS,
)  # fmt: skip
_EVENT = ["VCALENDAR", "VEVENT"]
_NAME = re.compile(r"([A-Za-z0-9-]+)[:;]")
_NO_CALENDAR = "det er ingen kalender; den skal begynde med BEGIN:VCALENDAR"


class Line(NamedTuple):
    """An unfolded line: the number (from 1) where it begins, the property's name in capitals, and all of it."""

    number: int
    name: str
    text: str


class Block(NamedTuple):
    """The lines of one VEVENT that are read, and the number of its first line."""

    number: int
    lines: list[Line]

    def line_of(self, name: str) -> int:
        """The number of the line that holds the property `name`; the first line's when there is none."""
        return next((line.number for line in self.lines if line.name == name), self.number)

    def has(self, *names: str) -> bool:
        """Whether it holds a property with one of `names`."""
        return any(line.name in names for line in self.lines)


def event_blocks(content: bytes, path: Path) -> list[Block]:
    """The events of the calendar `content`, in order; `path` names it in mistakes.

    Raises ContentError at the first place where it is no calendar (as when it is cut off), or has more than 10,000 events or dates.
    """
    blocks: list[Block] = []
    within: list[str] = []
    number = listed = 0
    for line in _lines(content, path):
        number = line.number
        if line.name == "END":
            if not within or within.pop() != _part(line):
                raise _refused(path, number, "END passer ikke til det BEGIN, der står før; hent kalenderen igen")
            continue
        if line.name == "BEGIN":
            within.append(_part(line))
        if within[:1] != ["VCALENDAR"]:
            raise _refused(path, number, _NO_CALENDAR)
        if within != _EVENT:
            continue
        if line.name == "BEGIN":
            if len(blocks) == MOST_EVENTS:
                raise _refused(path, number, f"kalenderen har over {MOST_EVENTS} begivenheder; bed om en, der er mindre")
            blocks.append(Block(number, []))
        elif line.name in _READ:
            if line.name not in _LISTS and blocks[-1].has(line.name):
                raise _refused(path, number, f"{line.name} står to gange i den samme begivenhed; slet det ene sted")
            blocks[-1].lines.append(line)
            listed += line.name in _LISTS and line.text.count(",") + 1
        if listed > MOST_EVENTS:
            raise _refused(path, number, f"kalenderen har over {MOST_EVENTS} datoer i RDATE og EXDATE; bed om en, der er mindre")
    if not number:
        raise _refused(path, 1, _NO_CALENDAR)
    if within:
        raise _refused(path, number, f"kalenderen er skåret over: END:{within[-1][:20]} mangler; hent den igen")
    return blocks


def _lines(content: bytes, path: Path) -> Iterator[Line]:
    # Lines are folded by bytes, so a letter may stand on two of them: they are put together first.
    folded: list[bytes] = []
    begun = 0
    # One more line, so that the last is told too.
    for number, piece in enumerate((*re.split(rb"\r?\n", content.removeprefix(codecs.BOM_UTF8)), b"\0"), 1):
        if folded and piece[:1] in (b" ", b"\t"):
            folded.append(piece[1:])
        elif piece:
            if folded:
                yield _line(b"".join(folded), begun, path)
            folded, begun = [piece], number


def _line(content: bytes, number: int, path: Path) -> Line:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _refused(path, number, "kalenderen er ikke UTF-8; gem den som UTF-8") from None
    if not (found := _NAME.match(text)):
        raise _refused(path, number, "linjen kan ikke læses; den skal bestå af et navn, et kolon og en værdi")
    return Line(number, found[1].upper(), text)


def _part(line: Line) -> str:
    return line.text.partition(":")[2].strip().upper()


def _refused(path: Path, line: int, mend: str) -> ContentError:
    return ContentError([Problem(path, line, "", mend)])
