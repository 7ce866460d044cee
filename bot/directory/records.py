"""What editors write about a service and a course in `data/directory/*.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any

import phonenumbers
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.directory.areas import AREAS
from bot.directory.hours import parsed
from bot.settings import COPENHAGEN
from bot.topics.model import Text, WebAddress
from bot.topics.text import words

MOST_WORDS = 25
TIME_FORMAT = "%Y-%m-%d %H:%M"
_SHELTER = re.compile(r"krisecent|crisis ?cent", re.IGNORECASE)


def _one_of(*allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"skriv et af disse: {', '.join(allowed)}")
        return value

    return check


def _term(text: str) -> str:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", text) or len(text) > 40:
        raise ValueError("et behov skrives med små bogstaver og bindestreg, uden æ, ø og å, fx «sexuel-sundhed»")
    return text


def _some(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise ValueError("listen er tom; skriv mindst ét ord")
    if len(set(values)) < len(values):
        raise ValueError("det samme ord står to gange; slet det ene")
    return values


def _age(value: Any) -> Any:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 120:
        raise ValueError("skriv alderen som et helt tal, fx 18")
    return value


def _number(value: Any) -> Any:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("skriv et helt tal fra 0 og op")
    return value


def _year(value: Any) -> Any:
    if isinstance(value, int):
        value = str(value)
    if not isinstance(value, str) or not re.fullmatch(r"(19|20)\d\d|udateret", value):
        raise ValueError("skriv årstallet, fx 2021, eller «udateret»; slet linjen, hvis det er bekræftet")
    return value


def _phone(number: str) -> str:
    try:
        parsed_number = phonenumbers.parse(number, "DK")
    except phonenumbers.NumberParseException:
        parsed_number = phonenumbers.PhoneNumber()
    if not (phonenumbers.is_valid_number(parsed_number) or phonenumbers.is_valid_short_number_for_region(parsed_number, "DK")):
        raise ValueError('er ikke et telefonnummer; skriv otte cifre, fx "33 17 33 33", eller et kort nummer som "112"')
    return number


def _hours(text: str) -> str:
    try:
        parsed(text)
    except ValueError:
        raise ValueError('er ikke åbningstider; skriv fx "Mo-Fr 10:00-15:00; PH off" eller "24/7"') from None
    return text


def _short(text: str) -> str:
    if (count := len(words(text))) > MOST_WORDS:
        raise ValueError(f"er på {count} ord; højst {MOST_WORDS}")
    return text


def _moment(value: Any) -> datetime:
    try:
        wall = datetime.strptime(str(value), TIME_FORMAT).replace(tzinfo=COPENHAGEN)
    except ValueError:
        raise ValueError('skriv dag og klokkeslæt som "2027-02-03 17:00", uden tidszone') from None
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        raise ValueError("uret stilles i den time; vælg et andet klokkeslæt")
    return wall


AsOf = Annotated[str, BeforeValidator(_year)]
Age = Annotated[int, BeforeValidator(_age)]
Sequence = Annotated[int, BeforeValidator(_number)]
ShortText = Annotated[Text, AfterValidator(_short)]
Moment = Annotated[datetime, BeforeValidator(_moment), PlainSerializer(lambda moment: f"{moment:{TIME_FORMAT}}")]
Terms = Annotated[tuple[Annotated[str, AfterValidator(_term)], ...], AfterValidator(_some)]
Area = Annotated[str, AfterValidator(_one_of(*AREAS))]
Whom = Annotated[str, AfterValidator(_one_of("alle", "kvinder", "mænd", "trans", "unge"))]


class _Strict(BaseModel):
    # A field left out can be the mistake, so what stands for it is checked too.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, validate_default=True)


class SourceRecord(_Strict):
    """Where the information comes from."""

    title: Text
    url: WebAddress | None = None


class PhoneRecord(_Strict):
    """A number to call. `as_of` is set when it is old: the year it was last told, or "udateret"."""

    number: Annotated[Text, AfterValidator(_phone)]
    description: Text | None = None
    as_of: AsOf | None = None


class AddressRecord(_Strict):
    """Where people go: a street, or at least a part of the city. `as_of` as for phones."""

    address_1: Text | None = None
    postal_code: Text | None = None
    city: Text | None = None
    area: Area | None = None
    as_of: AsOf | None = None

    @model_validator(mode="after")
    def _says_something(self) -> AddressRecord:
        if not (self.address_1 or self.area):
            raise ValueError("skriv mindst address_1 eller area")
        return self


class ServiceRecord(_Strict):
    """A service by its id. A yes-no field that is left out means that nobody knows.

    `opening_hours` only holds hours that are confirmed, as an OpenStreetMap string; older ones stand in `hours_text`
    with `hours_as_of`. `note` is what a person should know before calling.
    """

    name: Text
    organization: Text
    status: Annotated[str, AfterValidator(_one_of("active", "inactive", "defunct", "temporarily closed"))] = "active"
    description: ShortText
    note: ShortText | None = None
    needs: Terms
    for_whom: Annotated[tuple[Whom, ...], AfterValidator(_some)]
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    anonymous: bool | None = None
    free: bool | None = None
    cpr_required: bool | None = None
    residence_required: bool | None = None
    phones: tuple[PhoneRecord, ...] = ()
    addresses: tuple[AddressRecord, ...] = ()
    opening_hours: Annotated[Text, AfterValidator(_hours)] | None = None
    hours_text: Text | None = None
    hours_as_of: AsOf | None = None
    url: WebAddress | None = None
    email: Text | None = None
    confidence: Annotated[str, AfterValidator(_one_of("sikker", "ældre"))]
    as_of: AsOf | None = None
    source: SourceRecord
    assured_date: date

    @field_validator("maximum_age")
    @classmethod
    def _ages_in_order(cls, maximum_age: int | None, info: ValidationInfo) -> int | None:
        if maximum_age is not None and maximum_age < (info.data.get("minimum_age") or 0):
            raise ValueError("er mindre end minimum_age")
        return maximum_age

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


class CourseRecord(_Strict):
    """One meeting of a course by its UID, times in Copenhagen. `sequence` goes up by one with each change of time or place."""

    summary: Text
    dtstart: Moment
    dtend: Moment
    status: Annotated[str, AfterValidator(_one_of("CONFIRMED", "CANCELLED"))] = "CONFIRMED"
    sequence: Sequence = 0
    location: Text | None = None
    organizer: Text | None = None
    signup: Text | None = None
    source: SourceRecord
    assured_date: date

    @field_validator("dtend")
    @classmethod
    def _after_start(cls, dtend: datetime, info: ValidationInfo) -> datetime:
        if "dtstart" in info.data and dtend <= info.data["dtstart"]:
            raise ValueError("skal ligge efter dtstart")
        return dtend


@dataclass(frozen=True)
class Records:
    """Services by id and courses by UID."""

    services: dict[str, ServiceRecord] = field(default_factory=dict)
    courses: dict[str, CourseRecord] = field(default_factory=dict)
