"""What we understand of a service in HSDS 3.0 JSON. Fields that HSDS or others have beyond it are passed over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Item = TypeVar("Item")


class Hsds(BaseModel):
    """An object of HSDS. Null and an empty text say as little as a field that is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value).date() if value.strip() else None
    except ValueError:
        raise ValueError("skriv datoen som 2026-11-20") from None


Words = Annotated[str | None, AfterValidator(lambda text: text or None)]
Day = Annotated[date | None, BeforeValidator(_day)]
Number = Annotated[float | None, Field(allow_inf_nan=False)]
Many = Annotated[tuple[Item, ...], BeforeValidator(lambda value: () if value is None else value)]


class TermPart(Hsds):
    """`taxonomy_term`."""

    id: Words = None


class AttributePart(Hsds):
    """`attribute`."""

    taxonomy_term_id: Words = None
    taxonomy_term: TermPart | None = None
    value: Words = None

    @property
    def term(self) -> str | None:
        """The identifier of its taxonomy term."""
        return self.taxonomy_term_id or (self.taxonomy_term.id if self.taxonomy_term else None)


class PhonePart(Hsds):
    """`phone`."""

    number: Annotated[str, Field(min_length=1)]
    type: Words = None
    description: Words = None
    attributes: Many[AttributePart] = ()


class SchedulePart(Hsds):
    """`schedule`."""

    valid_from: Day = None
    valid_to: Day = None
    until: Day = None
    timezone: Number = None
    count: Number = None
    freq: Words = None
    interval: Number = None
    byday: Words = None
    byweekno: Words = None
    bymonthday: Words = None
    byyearday: Words = None
    description: Words = None
    opens_at: Words = None
    closes_at: Words = None


class AddressPart(Hsds):
    """`address`."""

    address_1: Words = None
    city: Words = None
    region: Words = None
    postal_code: Words = None
    address_type: Words = None


class AccessibilityPart(Hsds):
    """`accessibility`."""

    description: Words = None


class LocationPart(Hsds):
    """`location`."""

    location_type: Words = None
    addresses: Many[AddressPart] = ()
    accessibility: Many[AccessibilityPart] = ()
    phones: Many[PhonePart] = ()
    schedules: Many[SchedulePart] = ()
    attributes: Many[AttributePart] = ()


class PlacePart(Hsds):
    """`service_at_location`."""

    location: LocationPart | None = None
    phones: Many[PhonePart] = ()
    schedules: Many[SchedulePart] = ()


class LanguagePart(Hsds):
    """`language`."""

    code: Words = None


class CostPart(Hsds):
    """`cost_option`."""

    amount: Number = None


class DocumentPart(Hsds):
    """`required_document`."""

    document: Words = None


class OrganizationPart(Hsds):
    """`organization`."""

    name: Annotated[str, Field(min_length=1)]


class ServicePart(Hsds):
    """`service`. An organization and a description are ours to demand: HSDS can do without."""

    id: UUID
    name: Annotated[str, Field(min_length=1)]
    alternate_name: Words = None
    organization: OrganizationPart
    status: Annotated[str, Field(min_length=1)]
    description: Annotated[str, Field(min_length=1)]
    url: Words = None
    email: Words = None
    fees_description: Words = None
    minimum_age: Number = None
    maximum_age: Number = None
    assured_date: Day = None
    last_modified: Day = None
    alert: Words = None
    phones: Many[PhonePart] = ()
    schedules: Many[SchedulePart] = ()
    service_at_locations: Many[PlacePart] = ()
    languages: Many[LanguagePart] = ()
    cost_options: Many[CostPart] = ()
    required_documents: Many[DocumentPart] = ()
    attributes: Many[AttributePart] = ()
