"""Telephone numbers, Danish and foreign, in every grouping."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.privacy.personal.public import public
from bot.privacy.personal.text import Span, Text

# Where a number is known to be one by the words before it, any seven digits are.
_SAYS_PHONE = (
    r"(?:\bring\w*|\btlf|\btelefon\w*|\bmob(?:il\w*)?\b|\bnummer\w*|\bnr\b|\bsms\w*|\bskriv\w*|\bkontakt\w*|\bfang mig|\bcall\b|\bphone\w*|"
    r"\bnumber|\btext me|\bwhats ?app|\bviber|\bsignal|\bmobile ?pay|\btelegram|\bwechat|\bmp\b|\bimo\b)"
)
_IN_CONTEXT = re.compile(rf"{_SAYS_PHONE}[^\d\0]{{0,30}}?(\d(?:[ ./()-]{{0,2}}\d){{6,30}})(?!\d)")
# 20123456, 20 12 34 56, 2012 3456, 20.12.34.56; eight digits in one are always something personal.
_DANISH = re.compile(r"(?<!\d)(?<!\d[.,/-])(?:45[ -])?(?:[2-9](?:[ .-]{0,2}\d){7}|[2-9]\d(?:/\d\d){3}|\d{8})(?!\d|[.,/-]\d)")
_IN_PAIRS_OR_FOURS = re.compile(r"\d\d(?:\.\d\d){3}|\d{4}\.\d{4}")
_LONG = re.compile(
    # 0721 234 567
    r"(?<!\d)(?<!\d[ .,/-])0\d{1,4}[ ./-]{1,2}\d{2,7}(?:[ ./-]{1,2}\d{2,6}){0,4}(?!\d|[.,]\d)"
    # 45 20 12 34 56
    r"|(?<![\d+])(?<!\d[ .,/-])\d{2,4}(?:[ -]\d{2,4}){2,7}(?!\d|[.,]\d)"
    r"|(?<!\d)(?<!\d[.,])\d{9,}(?!\d|[.,]\d)"
)
_LONG_ENOUGH = 9
_ABROAD = re.compile(r"(?:\+|(?<!\d)(?<!\d[.:,])00) ?\d(?:[ ./()-]{0,3}\d){6,16}")


def find_phones(text: Text) -> Iterator[Span]:
    """Telephone numbers in `text`, but for those that the content tells everybody."""
    for start, end in _found(text.figures):
        if _digits(text.figures[start:end]).removeprefix("00").removeprefix("45") not in public().phones:
            yield Span(start, end, "phone")


def _found(figures: str) -> Iterator[tuple[int, int]]:
    for match in _IN_CONTEXT.finditer(figures):
        yield match.span(1)
    for match in _DANISH.finditer(figures):
        if _is_grouped_alike(match[0]):
            yield match.span()
    for match in _LONG.finditer(figures):
        if len(_digits(match[0])) >= _LONG_ENOUGH:
            yield match.span()
    for match in _ABROAD.finditer(figures):
        yield match.start(), match.start() + _length(match[0])


def _is_grouped_alike(number: str) -> bool:
    """Whether the digits stand apart by one and the same sign; with full stops in pairs or fours, or else it is an amount or an address."""
    apart = set(re.sub(r"\d", "", number))
    return not apart or (len(apart) == 1 and (apart != {"."} or _IN_PAIRS_OR_FOURS.fullmatch(number) is not None))


def _digits(found: str) -> str:
    return re.sub(r"\D", "", found)


def _length(found: str) -> int:
    """How much of `found` is one number: as many of its groups as can be one in its country, else all."""
    ends = [match.end() for match in re.finditer(r"\d+", found)]
    for end in reversed(ends):
        try:
            number = phonenumbers.parse(re.sub(r"^00", "+", found[:end]))
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return end
    return len(found)
