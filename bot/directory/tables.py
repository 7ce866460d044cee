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
    `seeded` tells rows that came with the content from those that were imported by hand.
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'inactive', 'defunct', 'temporarily closed')", name="status"),
        CheckConstraint("confidence IN ('sikker', 'ældre')", name="confidence"),
        CheckConstraint("minimum_age <= maximum_age", name="ages"),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
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
    confidence: Mapped[str] = mapped_column(String(10))
    as_of: Mapped[str | None] = mapped_column(String(10))
    assured_date: Mapped[date]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    seeded: Mapped[bool]

    organization: Mapped[Organization] = relationship(lazy="raise")
    schedule: Mapped[Schedule | None] = relationship(lazy="raise")
    phones: Mapped[list[Phone]] = relationship(lazy="raise", order_by="Phone.id")
    locations: Mapped[list[Location]] = relationship(lazy="raise", order_by="Location.id")
    needs: Mapped[list[Need]] = relationship(lazy="raise", order_by="Need.position")

    @property
    def opening_hours(self) -> str | None:
        """The schedule's opening hours; None when nobody knows them."""
        return self.schedule.opening_hours if self.schedule else None


class Phone(Base):
    """A telephone number of a service."""

    __tablename__ = "phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[str | None] = mapped_column(String(10))


class Location(Base):
    """Where a service is met: an address, or only a part of the city."""

    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    address_1: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(String(40), index=True)
    as_of: Mapped[str | None] = mapped_column(String(10))


class Schedule(Base):
    """When a service is open: for a machine (OpenStreetMap's `opening_hours`) and for a person."""

    __tablename__ = "schedule"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    opening_hours: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    as_of: Mapped[str | None] = mapped_column(String(10))


class Need(Base):
    """A need that a service meets, as a word of the project's own taxonomy."""

    __tablename__ = "service_need"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    position: Mapped[int]


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
    dtstart: Mapped[datetime] = mapped_column(CopenhagenTime)
    dtend: Mapped[datetime] = mapped_column(CopenhagenTime, index=True)
    location: Mapped[str | None] = mapped_column(Text)
    organizer: Mapped[str | None] = mapped_column(Text)
    signup: Mapped[str | None] = mapped_column(Text)
    assured_date: Mapped[date]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    seeded: Mapped[bool]


class Seed(Base):
    """The one row that tells which state of the content the directory was last seeded with."""

    __tablename__ = "seed"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    fingerprint: Mapped[str] = mapped_column(String(64))
