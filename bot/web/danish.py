"""What templates need to speak Danish: dates, telephone links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.directory.told import DAYS, day_told, listed
from bot.settings import COPENHAGEN

# What the first group catches is no telephone number: "§ 112", "2112".
PHONE = re.compile(
    r"(§ ?|[\w.,+])?((?:\+45 ?)?(?:\d{8}|\d{2}(?: \d{2}){3}|\d{2} \d{3} \d{3})|11[24]|116 ?\d{3}|18(?:13|88))"
    r"(?![.,]?\d| ?(?:\d|kr|%))",
    re.ASCII,
)


def day(when: date | str) -> str:
    """`20.11.2026`, from a date or its ISO form."""
    when = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{when.day}.{when.month}.{when.year}"


def period(start: str, end: str | None) -> str:
    """`tirsdag den 1. december 2026 kl. 10.00-12.00`, from ISO 8601 with offset, in Copenhagen's time."""
    begins = datetime.fromisoformat(start).astimezone(COPENHAGEN)
    told = f"{DAYS[begins.weekday()]} den {day_told(begins)} kl. {begins:%H.%M}"
    return f"{told}-{datetime.fromisoformat(end).astimezone(COPENHAGEN):%H.%M}" if end else told


def dialled(number: str) -> str:
    """`number` as a `tel:` address."""
    return "tel:" + number.replace(" ", "")


def host(url: str) -> str:
    """The site's name, as a link's text."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def is_web_address(text: str) -> bool:
    """Whether `text` may be a link: never a script's address."""
    return text.startswith(("https://", "http://"))


def for_whom(card: Mapping[str, Any]) -> str:
    """`kvinder og trans`, or nothing when a service's card is for all."""
    return listed([word for word in card["for"] if word != "alle"])


def paragraphs(text: str, opens_in: str = "da") -> Markup:
    """`text` as HTML paragraphs, its telephone numbers as links; the first one is in the language `opens_in`, the others in Danish."""
    first, *others = [linked(part.strip()) for part in re.split(r"\n\s*\n", text.strip())]
    opening = Markup("<p>{}</p>") if opens_in == "da" else Markup('<p lang="{1}" dir="auto">{0}</p>')
    return opening.format(first, opens_in) + Markup("").join(Markup("<p>{}</p>").format(other) for other in others)


def linked(text: str) -> Markup:
    """`text` as HTML with its telephone numbers as links."""
    return Markup("").join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    position = 0
    for match in PHONE.finditer(text):
        if match[1]:
            continue
        yield text[position : match.start()]
        yield Markup('<a href="{}">{}</a>').format(dialled(match[2]), match[2])
        position = match.end()
    yield text[position:]
