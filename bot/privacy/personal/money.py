"""Bank accounts, IBAN and payment cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.text import Span, Text, matches

_SEPARATOR = r"[ .-]{0,3}"
_GROUPED = rf"\d(?:{_SEPARATOR}\d)"
_ACCOUNT = re.compile(
    "|".join(
        (
            # reg.nr. 1234, kontonr. 1234567890 and the other way round
            rf"\breg(?:istrerings)?(?:nr|nummer|\b)[^\d\0]{{0,15}}(\d{{4}})(?!\d)[^\d\0]{{1,25}}({_GROUPED}{{5,9}})(?!\d)",
            rf"\bkonto[^\d\0]{{0,25}}({_GROUPED}{{5,9}})(?!\d)[^\d\0]{{1,20}}\breg[^\d\0]{{0,15}}(\d{{4}})(?!\d)",
            # konto 1234 1234567
            rf"(?:\bkonto|\breg|\bbank|\bnemkonto|\boverfør|\biban)[^\d\0]{{0,30}}?(\d{{4}}[ .:/-]{{0,3}}{_GROUPED}{{5,9}})(?!\d)",
            rf"\bkonto ?-?(?:nr|nummer)[^\d\0]{{0,20}}?({_GROUPED}{{5,9}})(?!\d)",
            r"(?<!\d)(?<!\d[ .-])((?!00)\d{4}(?: ?- ?| )\d{7,10})(?!\d)",
        )
    )
)
_IBAN = re.compile(
    # In small letters only without spaces or in groups of four: the words before and after a number look alike.
    r"(?<![^\W_])(?:[A-Z]{2} ?\d{2}(?:[ -]?[A-Z\d]){11,30}|[A-Za-z]{2}\d{2}[A-Za-z\d]{11,30}|"
    r"[a-z]{2}\d{2}(?: [a-z\d]{4}){3,7}(?: [a-z\d]{1,3})?)(?![^\W_])"
)
_IN_FOURS = re.compile(r"[a-z]{2}\d{2}(?:[ -]?[a-z\d]{4}){2,7}(?:[ -]?[a-z\d]{1,3})?")
_CARD = re.compile(r"(?<!\d)[2-6](?:[ .-]{0,2}\d){12,18}(?!\d)")
_FEWEST_DIGITS = 10
_FOUR_FOURS = re.compile(r"\d{4}([ .-]{0,2})\d{4}\1\d{4}\1\d{4}")


def find_money(text: Text) -> Iterator[Span]:
    """Account, IBAN and card numbers in `text`."""
    yield from matches("account", _ACCOUNT, text.figures)
    for match in _IBAN.finditer(text.written):
        if length := _iban_length(match[0].lower()):
            yield Span(match.start(), match.start() + length, "iban")
    for span in matches("card", _CARD, text.figures):
        number = text.figures[span.start : span.end]
        if _luhn(number) or _FOUR_FOURS.fullmatch(number):
            yield span


def _iban_length(found: str) -> int:
    """How much of `found` is an IBAN: up to the last group at which the check digits are right (ISO 13616), else all that is in fours.

    0 when none of it is one.
    """
    if sum(sign.isdigit() for sign in found) < _FEWEST_DIGITS:
        return 0
    ends = [match.end() for match in re.finditer(r"[a-z]*\d[a-z\d]*", found)]
    checked = next((end for end in reversed(ends) if _checks(found[:end])), 0)
    return checked or (ends[-1] if _IN_FOURS.fullmatch(found[: ends[-1]]) else 0)


def _checks(iban: str) -> bool:
    compact = re.sub(r"[ -]", "", iban)
    return len(compact) >= 15 and int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


def _luhn(number: str) -> bool:
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
