"""Figures that tell nothing about a person: amounts, dates, hours, years, short numbers, postal districts."""

from __future__ import annotations

import re

_BEFORE = r"(?<![\d+])(?<!\d[.,])"
_CURRENCY = r"(?:kr\b|kroner|dkk|,-|euros?\b|eur\b|€|\$|£|usd|dollars?|lei\b|nok\b|sek\b|zł|pund|mio\b|millioner|tusind)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}[.:][0-5]\d"
_TO = r" ?(?:-|til) ?"
_ROUND = r"[1-9]\d{0,2}[05]0"
_SHORT = r"(?:11[2-5]|1813|1888|1414|116 ?\d{3}|118)"
_HARMLESS = re.compile(
    "|".join(
        (
            # 50.000 kr., 12 000 kr, kr. 12345678
            rf"{_BEFORE}(?:\d{{1,3}}(?:[ .]\d{{3}})+|\d+)(?:,\d{{1,2}}|,-)? ?{_CURRENCY}",
            r"(?:\bkr\.?|\bdkk|€|\$|£) ?\d+(?:[ .]\d{3})*(?:,\d{1,2}|,-)?(?!\d)",
            # 1.234.567,50
            r"(?<![\d.,+])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\d-]|[. ]\d)",
            # 24.12.2026, 24-12-2026, 24 12 2026, 2026-12-24; four digits more and it is a CPR number
            rf"{_BEFORE}{_DAY}([./ -]){_MONTH}\1{_YEAR}(?! ?-? ?\d{{4}}(?!\d))(?!\d)",
            rf"{_BEFORE}{_YEAR}-{_MONTH}-{_DAY}(?!\d)",
            # 2024-2026, 2024/2025, 2024 2025 2026
            rf"{_BEFORE}(?<!\d[ -]){_YEAR}(?: ?[-/] ?{_YEAR}| {_YEAR} {_YEAR})+(?![ .-]?\d)",
            # 10.00-18.00 12.00-15.00, 1000-1830, 10-14 16-20
            rf"{_BEFORE}{_CLOCK}(?:(?:{_TO}|[ ,/]+){_CLOCK})+(?!\d|[.-]\d)",
            rf"{_BEFORE}(?<!\d[ -]){_HOUR}(?:00|15|30|45){_TO}{_HOUR}(?:00|15|30|45)(?!\d|[ .-]\d)",
            rf"{_BEFORE}(?<!-){_HOUR}{_TO}{_HOUR}(?:[ ,/]+{_HOUR}{_TO}{_HOUR})+(?!\d|[.-]\d)",
            # 112 114 1813
            rf"{_BEFORE}(?<!\d[ -]){_SHORT}(?:[ ,/]+{_SHORT})*(?![ .-]?\d)",
            # 1 2 3 4 5
            rf"{_BEFORE}(?<!\d[ -])1 2 3(?: \d{{1,2}})*(?![ .-]?\d)",
            # 500 800 1000, 2000-3000
            rf"{_BEFORE}(?<!\d[ -]){_ROUND}(?: ?- ?{_ROUND}|(?: {_ROUND}){{2,}})+(?![ .-]?\d)",
            # 1650 2200 2400
            rf"{_BEFORE}(?<!\d[ -])[12]\d{{3}}(?:[ ,/]+[12]\d{{3}}){{2,}}(?![ .-]?\d)",
        )
    )
)


def without_harmless(plain: str) -> str:
    """`plain` with harmless figures blotted out sign by sign."""
    return _HARMLESS.sub(lambda match: "\0" * len(match[0]), plain)
