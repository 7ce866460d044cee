"""The embedding page's own colour, made dark or light enough to be read on our grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable

# WCAG 2.2, success criterion 1.4.6
_READABLE = 7.0
_BLACK, _WHITE = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)
_STEPS = 50

Colour = tuple[float, ...]


def is_colour(text: str) -> bool:
    """Whether `text` is six hexadecimal digits, small letters."""
    return re.fullmatch("[0-9a-f]{6}", text) is not None


def accent_rules(colour: str, style: str) -> str:
    """The CSS rules that make `colour` (six hexadecimal digits) the accent of the style sheet `style`.

    On each of its grounds the accent has a contrast of at least 7 to 1. What is written on the accent itself is lighter than
    the light grounds and darker than the dark ones, so it has, too.
    """
    grounds = [_parsed(ground) for ground in re.findall(r"--(?:page|card|mine): #(\w+)", style)]
    light = [ground for ground in grounds if _luminance(ground) > 0.5]
    dark = [ground for ground in grounds if _luminance(ground) <= 0.5]
    wanted = _parsed(colour)
    day, night = _readable(wanted, _BLACK, light), _readable(wanted, _WHITE, dark)
    return f":root{{--accent:{day}}}@media(prefers-color-scheme:dark){{:root{{--accent:{night}}}}}"


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours (red, green and blue, 0 to 255), from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: Colour, towards: Colour, grounds: Iterable[Colour]) -> str:
    """`colour`, moved as little as it takes; all the way it can be read."""
    for step in range(_STEPS + 1):
        moved = tuple(round(a + (b - a) * step / _STEPS) for a, b in zip(colour, towards, strict=True))
        if all(contrast(moved, ground) >= _READABLE for ground in grounds):
            break
    return "#{:02x}{:02x}{:02x}".format(*moved)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parsed(digits: str) -> Colour:
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
