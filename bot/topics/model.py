"""What a topic, a source and a dated figure are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Kind = Literal["answer", "lookup", "guide", "safety", "meta"]


def _web_address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("adressen skal begynde med https:// eller http://")
    return url


Text = Annotated[str, Field(min_length=1)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Strict(BaseModel):
    """Fields that are not known are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Strict):
    """Where an answer's content comes from, and the day a person last held it against the source."""

    title: Text
    checked: date
    url: WebAddress | None = None


class ServiceQuery(Strict):
    """Which services of the directory an answer shows: the named ones first, then those that meet a need."""

    ids: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> ServiceQuery:
        if not self.ids and not self.needs:
            raise ValueError("skriv mindst ét sted under ids eller ét behov under needs")
        return self


class Topic(Strict):
    """One thing a person may ask, and everything that is said about it.

    `id` is the file's name and the Rasa intent; `area` is the folder; `kind` comes from the inventory.
    `answer` is plain text: paragraphs apart by an empty line, figures as `{name_of_fact}`. What is `adults_only` is not told to
    somebody under 18. Only safety topics have
    `phrases`, which raise the alarm wherever they stand, and the second answers `now` and `before`: it is happening, or it has happened.
    """

    id: Text
    area: Text
    kind: Kind
    path: Path
    title: Annotated[Text, Field(max_length=60)]
    examples: Annotated[tuple[Text, ...], Field(min_length=1)]
    answer: Text
    follow_ups: tuple[Text, ...] = ()
    services: ServiceQuery | None = None
    courses: bool = False
    adults_only: bool = False
    sources: tuple[Source, ...] = ()
    phrases: tuple[Text, ...] = ()
    now: Text | None = None
    before: Text | None = None


class Language(Strict):
    """What is said to somebody who writes in another language: one line for danger, and a few that say what this is.

    `name` is Danish; `examples` are messages in the language, to know it by. Without words of its own, English is said.
    `said_in` is the ISO 639-1 code of those words where they are in yet another language.
    """

    name: Text
    danger: Text | None = None
    lines: Text | None = None
    said_in: Text | None = None
    examples: Annotated[tuple[Text, ...], Field(min_length=1)]


class Fact(Strict):
    """A figure with the time it holds and the place where today's figure stands.

    `valid_from` is empty where the source bears no date. `latest_known` says that nobody has found a newer
    figure: an answer then shows the old one with its year, and no check complains.
    """

    label: Text
    value: float
    unit: Text
    valid_from: date | None = None
    valid_to: date | None = None
    latest_known: bool = False
    where: Text
    source: Source

    @model_validator(mode="after")
    def _period_in_order(self) -> Fact:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to ligger før valid_from")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the figure is in force on `day`."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def figure(self) -> str:
        """The figure as written in Danish: `54.100 kr.`."""
        return f"{danish(self.value)} {self.unit}"

    def told_on(self, day: date) -> str:
        """The figure as an answer says it on `day`, in Danish: `54.100 kr.`, with year and place once it has run out."""
        if self.holds_on(day):
            return self.figure()
        dated = self.valid_to or self.valid_from or day
        return f"{self.figure()} (tal fra {dated.year}, find det nye på {self.where})"


class InventoryEntry(Strict):
    """A line of `data/topics.yml`: what belongs to a topic and where the border to a neighbour runs."""

    title: Text
    kind: Kind
    covers: str = ""
    border: Annotated[str, Field(alias="not")] = ""


def danish(number: float) -> str:
    """`number` as written in Danish: `54.100`, `2,5`."""
    return f"{number:,.12g}".translate(str.maketrans(",.", ".,"))
