"""The directory's tables: services in the terms of Open Referral HSDS 3, courses in those of RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from bot.settings import COPENHAGEN


class Base(DeclarativeBase):
    """Tables whose constraints have names, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class CopenhagenTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, read in Copenhagen's time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        # SQLite keeps no time zone.
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(COPENHAGEN)


class Organization(Base):
    """Who runs services."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)


class Service(Base):
    """A place or a line where people get help. None in a yes-no column means that nobody knows.

    `as_of` (here and below) is set when the information is old: a year, or "udateret".
    `origin` tells where the row came from: "files" (the content), "import" (by hand), or a feed's name.
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'inactive', 'defunct', 'temporarily closed')", name="status"),
        CheckConstraint("confidence IN ('sikker', 'ældre', 'usikker')", name="confidence"),
        CheckConstraint("minimum_age <= maximum_age", name="ages"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_on IS NULL)", name="confirmed"),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    alternate_names: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20))
    description: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    for_whom: Mapped[list[str]] = mapped_column(JSON)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    anonymous: Mapped[bool | None]
    free: Mapped[bool | None]
    cpr_required: Mapped[bool | None]
    residence_required: Mapped[bool | None]
    eu_migrants: Mapped[bool | None]
    walk_in: Mapped[bool | None]
    interpreter: Mapped[bool | None]
    reports_to_authorities: Mapped[bool | None]
    confidence: Mapped[str] = mapped_column(String(10))
    as_of: Mapped[str | None] = mapped_column(String(10))
    assured_date: Mapped[date]
    confirmed_by: Mapped[str | None] = mapped_column(Text)
    confirmed_on: Mapped[date | None]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(80))
    last_modified: Mapped[datetime] = mapped_column(CopenhagenTime)

    organization: Mapped[Organization] = relationship(lazy="raise")
    schedule: Mapped[Schedule | None] = relationship(lazy="raise")
    phones: Mapped[list[Phone]] = relationship(lazy="raise")
    service_at_locations: Mapped[list[ServiceAtLocation]] = relationship(lazy="raise")
    needs: Mapped[list[Need]] = relationship(lazy="raise")
    languages: Mapped[list[Language]] = relationship(lazy="raise")
    cost_options: Mapped[list[CostOption]] = relationship(lazy="raise")
    required_documents: Mapped[list[RequiredDocument]] = relationship(lazy="raise")


class Phone(Base):
    """A telephone number of a service."""

    __tablename__ = "phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[str | None] = mapped_column(String(10))


class ServiceAtLocation(Base):
    """That a service is met at a location."""

    __tablename__ = "service_at_location"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)

    location: Mapped[Location] = relationship(lazy="raise")


class Location(Base):
    """Where a service is met: at least a part of the city."""

    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str | None] = mapped_column(String(40), index=True)

    address: Mapped[Address] = relationship(lazy="raise")
    accessibility: Mapped[Accessibility | None] = relationship(lazy="raise")


class Address(Base):
    """The street of a location; no street where only the part of the city is told."""

    __tablename__ = "address"

    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), primary_key=True)
    address_1: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[str | None] = mapped_column(String(10))


class Accessibility(Base):
    """How people with a handicap get in at a location."""

    __tablename__ = "accessibility"

    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), primary_key=True)
    description: Mapped[str] = mapped_column(Text)


class Schedule(Base):
    """When a service is open: for a machine (OpenStreetMap's `opening_hours`) and for a person."""

    __tablename__ = "schedule"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    opening_hours: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    as_of: Mapped[str | None] = mapped_column(String(10))


class Need(Base):
    """A need that a service meets, as a word of the project's own taxonomy (HSDS: attribute and taxonomy_term)."""

    __tablename__ = "service_need"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    position: Mapped[int]


class Language(Base):
    """A language (ISO 639-1) in which a service is given."""

    __tablename__ = "language"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    position: Mapped[int]


class CostOption(Base):
    """What a service costs, in words."""

    __tablename__ = "cost_option"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    amount_description: Mapped[str] = mapped_column(Text)


class RequiredDocument(Base):
    """A paper that a service asks for."""

    __tablename__ = "required_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    document: Mapped[str] = mapped_column(Text)


class Event(Base):
    """One meeting of a course (VEVENT)."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("dtend > dtstart", name="period"),
        CheckConstraint("status IN ('CONFIRMED', 'CANCELLED')", name="status"),
        CheckConstraint("sequence >= 0", name="sequence"),
    )

    uid: Mapped[str] = mapped_column(String(200), primary_key=True)
    sequence: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    summary: Mapped[str] = mapped_column(Text)
    public_name: Mapped[str] = mapped_column(Text)
    dtstart: Mapped[datetime] = mapped_column(CopenhagenTime)
    dtend: Mapped[datetime] = mapped_column(CopenhagenTime, index=True)
    location: Mapped[str | None] = mapped_column(Text)
    organizer: Mapped[str | None] = mapped_column(Text)
    signup: Mapped[str | None] = mapped_column(Text)
    assured_date: Mapped[date]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(80))
    last_modified: Mapped[datetime] = mapped_column(CopenhagenTime)


class Plan(Base):
    """A course that is meant to come back (RRULE), and who knows when. Its meetings are events of their own."""

    __tablename__ = "plan"

    uid: Mapped[str] = mapped_column(String(200), primary_key=True)
    summary: Mapped[str] = mapped_column(Text)
    rrule: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    assured_date: Mapped[date]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(80))


class Feed(Base):
    """An address outside that services or courses are read from, and how it went the last time.

    `needs` and `for_whom` are what an admin says of its services; `last_modified` is the header, to be sent back as it came.
    """

    __tablename__ = "feed"
    __table_args__ = (CheckConstraint("kind IN ('ics', 'hsds', 'csv')", name="kind"),)

    name: Mapped[str] = mapped_column(String(70), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(4))
    needs: Mapped[list[str]] = mapped_column(JSON)
    for_whom: Mapped[list[str]] = mapped_column(JSON)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    fetched_at: Mapped[datetime | None] = mapped_column(CopenhagenTime)
    next_try: Mapped[datetime | None] = mapped_column(CopenhagenTime)
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)


class ChangeRequest(Base):
    """What a feed wants changed, until an editor has approved. `before` and `after` are records; None: it was, or will be, not there.

    What was rejected is kept while the feed wants it, so that nobody is asked again.
    """

    __tablename__ = "change_request"
    # A number that has been decided is never given to another change.
    __table_args__ = (CheckConstraint("resource IN ('service', 'course')", name="resource"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_name: Mapped[str] = mapped_column(ForeignKey("feed.name", ondelete="CASCADE"), index=True)
    resource: Mapped[str] = mapped_column(String(10))
    resource_id: Mapped[str] = mapped_column(String(200))
    before: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    asked_at: Mapped[datetime] = mapped_column(CopenhagenTime)
    rejected: Mapped[bool] = mapped_column(default=False)


class Decision(Base):
    """What an editor did about a row, and when (HSDS: metadata). It names no person who asks for help."""

    __tablename__ = "metadata"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[str] = mapped_column(String(200), index=True)
    last_action_date: Mapped[datetime] = mapped_column(CopenhagenTime)
    last_action_type: Mapped[str] = mapped_column(String(20))
    updated_by: Mapped[str] = mapped_column(Text)


class State(Base):
    """The one row that tells with which content the directory was last seeded, counts its changes and dates the last."""

    __tablename__ = "state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    fingerprint: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(CopenhagenTime)
