"""A service and a course as a person is shown them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.directory import areas, tables
from bot.directory.hours import open_at

UNDATED = "udateret"


@dataclass(frozen=True)
class Service:
    """A service's card; None means that nobody knows.

    `for_whom` is `for` in the API. `phones` hold `number` and `note`, `checked` is an ISO date. What is old says so,
    with its year, where it stands: in `summary`, `address`, `hours_text` or a phone's note.
    """

    id: str
    name: str
    organization: str
    summary: str
    address: str | None
    area: str | None
    phones: tuple[dict[str, str | None], ...]
    url: str | None
    open_now: bool | None
    hours_text: str | None
    anonymous: bool | None
    free: bool | None
    for_whom: tuple[str, ...]
    checked: str

    def as_dict(self) -> dict[str, Any]:
        """The card as the API gives it."""
        return {"for" if name == "for_whom" else name: value for name, value in _plain(self).items()}


@dataclass(frozen=True)
class Course:
    """A course's card: `start` and `end` in ISO 8601 with offset, `checked` an ISO date."""

    id: str
    title: str
    start: str
    end: str
    place: str | None
    organizer: str | None
    signup: str | None
    cancelled: bool
    checked: str

    def as_dict(self) -> dict[str, Any]:
        """The card as the API gives it."""
        return _plain(self)


def service_card(row: tables.Service, at: datetime, area: str | None = None) -> Service:
    """The card of `row` at the moment `at`; of several addresses the one near `area` is shown."""
    location = min(row.locations, key=lambda location: not areas.near(location.area, area), default=None)
    schedule = row.schedule
    dated_hours = schedule is not None and schedule.as_of is not None
    return Service(
        id=row.id,
        name=row.name,
        organization=row.organization.name,
        summary=_sentences(row.description, row.note, None if dated_hours else _caution(row.as_of)),
        address=_address(location) if location else None,
        area=location.area if location else None,
        phones=tuple({"number": phone.number, "note": _noted(phone.description, phone.as_of)} for phone in row.phones),
        url=row.url,
        open_now=open_at(row.opening_hours, at),
        hours_text=_sentences(schedule.description, _caution(schedule.as_of)) if schedule else None,
        anonymous=row.anonymous,
        free=row.free,
        for_whom=tuple(row.for_whom),
        checked=row.assured_date.isoformat(),
    )


def course_card(row: tables.Event) -> Course:
    """The card of `row`."""
    return Course(
        id=row.uid,
        title=row.summary,
        start=row.dtstart.isoformat(),
        end=row.dtend.isoformat(),
        place=row.location,
        organizer=row.organizer,
        signup=row.signup,
        cancelled=row.status == "CANCELLED",
        checked=row.assured_date.isoformat(),
    )


def _address(location: tables.Location) -> str | None:
    if not location.address_1:
        return None
    city = " ".join(filter(None, (location.postal_code, location.city)))
    return _noted(", ".join(filter(None, (location.address_1, city))), location.as_of)


def _caution(as_of: str | None) -> str | None:
    if as_of is None:
        return None
    told = "Ældre oplysning." if as_of == UNDATED else f"Oplyst {as_of}."
    return f"{told} Ring eller spørg først."


def _noted(text: str | None, as_of: str | None) -> str | None:
    if as_of is None:
        return text
    caution = f"({'ældre oplysning' if as_of == UNDATED else as_of}, ring eller spørg først)"
    return f"{text} {caution}" if text else caution


def _sentences(*parts: str | None) -> str:
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)


def _plain(card: Service | Course) -> dict[str, Any]:
    values = {field.name: getattr(card, field.name) for field in fields(card)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
