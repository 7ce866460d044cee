"""A service and a course as a person is shown them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.directory.areas import away
from bot.directory.assurance import checked_on, is_confirmed, is_old
from bot.directory.hours import open_at
from bot.directory.records import AddressRecord, CourseRecord, ServiceRecord
from bot.directory.told import day_told, listed
from bot.directory.vocabulary import LANGUAGES

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


def service_card(name: str, record: ServiceRecord, at: datetime, area: str | None = None) -> Service:
    """The card of the service with the id `name` at the moment `at`; of several addresses the nearest to `area` is shown.

    Cautions about old information stand until somebody has confirmed it.
    """
    old = not is_confirmed(record, at.date())
    address = min(record.addresses, key=lambda address: away(address.area, area), default=None)
    dated_hours = old and record.hours_as_of is not None
    return Service(
        id=name,
        name=record.name,
        organization=record.organization,
        summary=_sentences(record.description, record.note, _terms(record), None if dated_hours else _age(record, at)),
        address=_address(address, old) if address else None,
        area=address.area if address else None,
        phones=tuple({"number": phone.number, "note": _noted(phone.description, old, phone.as_of)} for phone in record.phones),
        url=record.url,
        open_now=open_at(record.opening_hours, at),
        hours_text=_sentences(record.hours_text, _caution(record.hours_as_of) if old else None) or None,
        anonymous=record.anonymous,
        free=record.free,
        for_whom=record.for_whom,
        checked=checked_on(record).isoformat(),
    )


def course_card(uid: str, record: CourseRecord) -> Course:
    """The card of the course with this `uid`."""
    return Course(
        id=uid,
        title=record.summary,
        start=record.dtstart.isoformat(),
        end=record.dtend.isoformat(),
        place=record.location,
        organizer=record.organizer,
        signup=record.signup,
        cancelled=record.status == "CANCELLED",
        checked=record.assured_date.isoformat(),
    )


def _terms(record: ServiceRecord) -> str | None:
    """What a person should know of languages, price and papers before going there."""
    foreign = [LANGUAGES[code] for code in record.languages if code != "da"]
    return _sentences(
        f"Taler også {listed(foreign)}" if foreign else None,
        record.fees,
        f"Tag med: {listed(record.required_documents)}" if record.required_documents else None,
    )


def _age(record: ServiceRecord, at: datetime) -> str | None:
    """That nobody has made sure of the information lately; None when somebody has."""
    if is_confirmed(record, at.date()):
        return None
    if record.as_of is None and is_old(record, at.date()):
        return f"Sidst tjekket {day_told(checked_on(record))}. Ring eller spørg først."
    return _caution(record.as_of)


def _address(address: AddressRecord, old: bool) -> str | None:
    if not address.address_1:
        return None
    city = " ".join(filter(None, (address.postal_code, address.city)))
    return _noted(", ".join(filter(None, (address.address_1, city, address.accessibility))), old, address.as_of)


def _caution(as_of: str | None) -> str | None:
    if as_of is None:
        return None
    told = "Ældre oplysning." if as_of == UNDATED else f"Oplyst {as_of}."
    return f"{told} Ring eller spørg først."


def _noted(text: str | None, old: bool, as_of: str | None) -> str | None:
    if as_of is None or not old:
        return text
    caution = f"({'ældre oplysning' if as_of == UNDATED else as_of}, ring eller spørg først)"
    return f"{text} {caution}" if text else caution


def _sentences(*parts: str | None) -> str:
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)


def _plain(card: Service | Course) -> dict[str, Any]:
    values = {field.name: getattr(card, field.name) for field in fields(card)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
