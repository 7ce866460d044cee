"""What may stand in one field of a directory record, with errors an editor can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Annotated, Any

import phonenumbers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, field_validator

from bot.directory.areas import AREAS
from bot.directory.hours import contradiction, parsed
from bot.directory.vocabulary import LANGUAGES, NEEDS, WHOM
from bot.settings import COPENHAGEN
from bot.topics.model import Text
from bot.topics.text import words

MOST_WORDS = 25
TIME_FORMAT = "%Y-%m-%d %H:%M"


class Strict(BaseModel):
    """A record that refuses fields it does not know."""

    # A field left out can be the mistake, so what stands for it is checked too.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, validate_default=True)

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        # PostgreSQL takes no text with this character in it.
        texts = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(text, str) and "\x00" in text for text in texts):
            raise ValueError("teksten har et tegn, der ikke må være der; skriv den igen")
        return value


def one_of(allowed: Collection[str]) -> Callable[[str], str]:
    """A validator that takes the words of `allowed` and names them to somebody who wrote another."""

    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"skriv et af disse: {', '.join(allowed)}")
        return value

    return check


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("det samme ord står to gange; slet det ene")
    return values


def _some(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise ValueError("listen er tom; skriv mindst ét ord")
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
    if wrong := contradiction(text):
        raise ValueError(wrong)
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


def _not_to_come(day: date) -> date:
    if day > datetime.now(COPENHAGEN).date():
        raise ValueError("ligger i fremtiden; skriv dagen, hvor nogen tjekkede det")
    return day


AsOf = Annotated[str, BeforeValidator(_year)]
Age = Annotated[int, BeforeValidator(_age)]
Sequence = Annotated[int, BeforeValidator(_number)]
ShortText = Annotated[Text, AfterValidator(_short)]
Phone = Annotated[Text, AfterValidator(_phone)]
Hours = Annotated[Text, AfterValidator(_hours)]
Moment = Annotated[datetime, BeforeValidator(_moment), PlainSerializer(lambda moment: f"{moment:{TIME_FORMAT}}")]
PastDay = Annotated[date, AfterValidator(_not_to_come)]
Texts = Annotated[tuple[Text, ...], AfterValidator(_once)]
Needs = Annotated[tuple[Annotated[str, AfterValidator(one_of(NEEDS))], ...], AfterValidator(_once), AfterValidator(_some)]
Whom = Annotated[tuple[Annotated[str, AfterValidator(one_of(WHOM))], ...], AfterValidator(_once), AfterValidator(_some)]
Languages = Annotated[tuple[Annotated[str, AfterValidator(one_of(LANGUAGES))], ...], AfterValidator(_once)]
Area = Annotated[str, AfterValidator(one_of(AREAS))]
