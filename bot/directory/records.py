"""What editors write about a service, a course and a plan of courses in `data/directory/*.yml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from dateutil.rrule import rrulestr
from pydantic import AfterValidator, ValidationInfo, field_validator, model_validator

from bot.directory.fields import (
    Age,
    Area,
    AsOf,
    Hours,
    Languages,
    Moment,
    Needs,
    PastDay,
    Phone,
    Sequence,
    ShortText,
    Strict,
    Texts,
    Whom,
    one_of,
)
from bot.topics.model import Text, WebAddress

SERVICE_ID = re.compile(r"(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*")
COURSE_UID = re.compile(r"(?=.{1,200}$)[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
CONFIDENCES = ("sikker", "ældre", "usikker")
_RULE = re.compile(r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;INTERVAL=[1-9]\d?)?(;BY(DAY|MONTH|MONTHDAY|SETPOS)=[A-Z0-9,+-]{1,30})*")
_SHELTER = re.compile(r"krisecent|crisis ?cent", re.IGNORECASE)


class SourceRecord(Strict):
    """Where the information comes from."""

    title: Text
    url: WebAddress | None = None


class ConfirmedRecord(Strict):
    """Who made sure, by asking the place, that all of it is right, and on which day."""

    by: Text
    on: PastDay


class PhoneRecord(Strict):
    """A number to call. `as_of` is set when it is old: the year it was last told, or "udateret"."""

    number: Phone
    description: Text | None = None
    as_of: AsOf | None = None


class AddressRecord(Strict):
    """Where people go: a street, or at least a part of the city. `as_of` as for phones."""

    address_1: Text | None = None
    postal_code: Text | None = None
    city: Text | None = None
    area: Area | None = None
    accessibility: ShortText | None = None
    as_of: AsOf | None = None

    @model_validator(mode="after")
    def _says_something(self) -> AddressRecord:
        if not (self.address_1 or self.area):
            raise ValueError("skriv mindst address_1 eller area")
        return self


class ServiceRecord(Strict):
    """A service by its id. A yes-no field that is left out means that nobody knows.

    `status` is HSDS's: `defunct` does not exist any more, `inactive` is planned and has not opened.
    `opening_hours` only holds hours that are confirmed, as an OpenStreetMap string; older ones stand in `hours_text`
    with `hours_as_of`. `note` is what a person should know before calling. What is `usikker` or does not exist has no number
    and no address: it is known by name, so that the assistant can say so.
    """

    name: Text
    alternate_names: Texts = ()
    organization: Text
    status: Annotated[str, AfterValidator(one_of(STATUSES))] = "active"
    description: ShortText
    note: ShortText | None = None
    needs: Needs
    for_whom: Whom
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    languages: Languages = ()
    fees: ShortText | None = None
    required_documents: Texts = ()
    anonymous: bool | None = None
    free: bool | None = None
    cpr_required: bool | None = None
    residence_required: bool | None = None
    eu_migrants: bool | None = None
    walk_in: bool | None = None
    interpreter: bool | None = None
    reports_to_authorities: bool | None = None
    confidence: Annotated[str, AfterValidator(one_of(CONFIDENCES))]
    as_of: AsOf | None = None
    phones: tuple[PhoneRecord, ...] = ()
    addresses: tuple[AddressRecord, ...] = ()
    opening_hours: Hours | None = None
    hours_text: Text | None = None
    hours_as_of: AsOf | None = None
    url: WebAddress | None = None
    email: Text | None = None
    source: SourceRecord
    assured_date: PastDay
    confirmed: ConfirmedRecord | None = None

    @property
    def exists(self) -> bool:
        """Whether a person may be sent there."""
        return self.status == "active" and self.confidence != "usikker"

    @field_validator("maximum_age")
    @classmethod
    def _ages_in_order(cls, maximum_age: int | None, info: ValidationInfo) -> int | None:
        if maximum_age is not None and maximum_age < (info.data.get("minimum_age") or 0):
            raise ValueError("er mindre end minimum_age")
        return maximum_age

    @field_validator("phones", "addresses", "opening_hours", "hours_text", "email")
    @classmethod
    def _only_what_is_known(cls, value: object, info: ValidationInfo) -> object:
        unknown = info.data.get("confidence") == "usikker" or info.data.get("status") in ("inactive", "defunct")
        if value and unknown:
            raise ValueError("vises ikke for et sted, der er usikkert, lukket eller ikke åbnet; slet feltet")
        return value

    @field_validator("addresses")
    @classmethod
    def _no_shelter(cls, addresses: tuple[AddressRecord, ...], info: ValidationInfo) -> tuple[AddressRecord, ...]:
        if addresses and _SHELTER.search(f"{info.data.get('name')} {info.data.get('description')}"):
            raise ValueError("et krisecenters adresse må ikke vises; slet addresses")
        return addresses

    @field_validator("hours_text")
    @classmethod
    def _told_in_words(cls, hours_text: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("opening_hours") and not hours_text:
            raise ValueError("skriv også åbningstiden med ord i hours_text")
        return hours_text

    @field_validator("hours_as_of")
    @classmethod
    def _old_only_in_words(cls, hours_as_of: str | None, info: ValidationInfo) -> str | None:
        if hours_as_of and (info.data.get("opening_hours") or not info.data.get("hours_text")):
            raise ValueError("gamle åbningstider skrives kun som hours_text; slet opening_hours eller hours_as_of")
        return hours_as_of

    @field_validator("as_of")
    @classmethod
    def _dated_when_old(cls, as_of: str | None, info: ValidationInfo) -> str | None:
        if "confidence" in info.data and (info.data["confidence"] == "ældre") != (as_of is not None):
            raise ValueError("skriv as_of (årstal eller «udateret»), når confidence er ældre, og kun da")
        return as_of


class CourseRecord(Strict):
    """One meeting of a course by its UID, times in Copenhagen. `sequence` goes up by one with each change of time or place.

    `public_name` is what a calendar on a phone shows; it must not betray whose phone it is.
    """

    summary: Text
    public_name: Text = "Kursus"
    dtstart: Moment
    dtend: Moment
    status: Annotated[str, AfterValidator(one_of(("CONFIRMED", "CANCELLED")))] = "CONFIRMED"
    sequence: Sequence = 0
    location: Text | None = None
    organizer: Text | None = None
    signup: Text | None = None
    source: SourceRecord
    assured_date: PastDay

    @field_validator("dtend")
    @classmethod
    def _after_start(cls, dtend: datetime, info: ValidationInfo) -> datetime:
        if "dtstart" in info.data and dtend <= info.data["dtstart"]:
            raise ValueError("skal ligge efter dtstart")
        return dtend


def _recurrence(rule: str) -> str:
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - days only
    try:
        # Where the interval is 0 dateutil would look for the next day for ever.
        comes = _RULE.fullmatch(rule) and rrulestr(rule, dtstart=start).after(start)
    except (ValueError, OverflowError):
        comes = None
    if not comes:
        raise ValueError('er ingen gentagelse; skriv fx "FREQ=MONTHLY;INTERVAL=3" for hvert kvartal')
    return rule


class PlanRecord(Strict):
    """A course that is meant to come back, by its UID: how often (RFC 5545), and the service that knows the next date.

    It is no date by itself: an editor writes each meeting as a course.
    """

    summary: Text
    rrule: Annotated[Text, AfterValidator(_recurrence)]
    contact: Text
    note: ShortText | None = None
    source: SourceRecord
    assured_date: PastDay


@dataclass(frozen=True)
class Records:
    """Services by id; courses and plans by UID."""

    services: dict[str, ServiceRecord] = field(default_factory=dict)
    courses: dict[str, CourseRecord] = field(default_factory=dict)
    plans: dict[str, PlanRecord] = field(default_factory=dict)
