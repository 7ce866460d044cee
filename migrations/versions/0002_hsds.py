"""HSDS in full: locations, languages, costs, papers, confirmations; plans of courses, feeds and what they want changed.

SQLite can neither change a CHECK nor drop a column that a constraint names, and its way round it (a copied table) would cascade, so the
rows are taken out, the tables made anew, and the rows put back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Rows = list[dict[str, Any]]
_OLD = ("seed", "event", "service_need", "schedule", "location", "phone", "service", "organization")
_NEW = (
    "state", "metadata", "change_request", "feed", "plan", "event", "required_document", "cost_option", "language", "service_need",
    "schedule", "phone", "accessibility", "address", "service_at_location", "location", "service", "organization",
)  # fmt: skip
_ADDRESS = ("address_1", "postal_code", "city", "as_of")


def upgrade() -> None:
    old = _taken_out(_OLD)
    _make_tables()
    now = datetime.now(UTC).replace(microsecond=0)
    added = {"alternate_names": [], "last_modified": now}
    for row in old["service"]:
        row |= {**added, "origin": "files" if row.pop("seeded") else "import"}
    for row in old["event"]:
        row |= {"public_name": "Kursus", "last_modified": now, "origin": "files" if row.pop("seeded") else "import"}
    for name in ("organization", "service", "phone", "schedule", "service_need", "event"):
        _put_back(name, old[name])
    _put_back("location", [{"id": row["id"], "area": row["area"]} for row in old["location"]])
    _put_back("address", [{"location_id": row["id"], **{name: row[name] for name in _ADDRESS}} for row in old["location"]])
    _put_back("service_at_location", [{"service_id": row["service_id"], "location_id": row["id"]} for row in old["location"]])
    # No fingerprint: the content is read again.
    _put_back("state", [{"id": 1, "fingerprint": "", "revision": 0, "changed_at": now}])


def downgrade() -> None:
    new = _taken_out(_NEW)
    op.get_context().opts["script"].get_revision("0001").module.upgrade()
    # What the older tables cannot hold is what the older code did not show.
    kept = {row["id"] for row in new["service"] if row["confidence"] != "usikker"}
    for name in ("service", "event"):
        new[name] = [{**row, "seeded": row["origin"] == "files"} for row in new[name]]
    met_at = {row["location_id"]: row["service_id"] for row in new["service_at_location"]}
    addresses = {row["location_id"]: row for row in new["address"]}
    new["location"] = [{**row, **addresses[row["id"]], "service_id": met_at[row["id"]]} for row in new["location"]]
    for name in ("organization", "service", "phone", "schedule", "service_need", "location", "event"):
        _put_back(name, [row for row in new[name] if row.get("service_id", row["id"] if name == "service" else None) in {None, *kept}])


def _taken_out(names: Iterable[str]) -> dict[str, Rows]:
    """The rows of the tables with these `names`, which are dropped."""
    tables = {name: sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False) for name in names}
    rows = {name: [dict(row) for row in op.get_bind().execute(sa.select(table)).mappings()] for name, table in tables.items()}
    for name in names:
        op.drop_table(name)
    return rows


def _put_back(name: str, rows: Rows) -> None:
    """Inserts `rows`, but for what the table with this `name` has no column for."""
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    for row in rows:
        op.get_bind().execute(table.insert().values({column: value for column, value in row.items() if column in table.columns}))
    numbered = "id" in table.columns and isinstance(table.columns["id"].type, sa.Integer) and name != "state"
    if rows and numbered and op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608


def _make_tables() -> None:
    op.create_table(
        "event",
        sa.Column("uid", sa.String(200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("public_name", sa.Text(), nullable=False),
        sa.Column("dtstart", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dtend", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("organizer", sa.Text(), nullable=True),
        sa.Column("signup", sa.Text(), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('CONFIRMED', 'CANCELLED')", name=op.f("ck_event_status")),
        sa.CheckConstraint("dtend > dtstart", name=op.f("ck_event_period")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_event_sequence")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_dtend"), "event", ["dtend"])
    op.create_table(
        "feed",
        sa.Column("name", sa.String(70), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("for_whom", sa.JSON(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('ics', 'hsds', 'csv')", name=op.f("ck_feed_kind")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feed")),
    )
    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index(op.f("ix_location_area"), "location", ["area"])
    op.create_table(
        "metadata",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.String(200), nullable=False),
        sa.Column("last_action_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_action_type", sa.String(20), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metadata")),
    )
    op.create_index(op.f("ix_metadata_resource_id"), "metadata", ["resource_id"])
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("name", name=op.f("uq_organization_name")),
    )
    op.create_table(
        "plan",
        sa.Column("uid", sa.String(200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_plan")),
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state")),
    )
    op.create_table(
        "accessibility",
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_accessibility_location_id_location"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("location_id", name=op.f("pk_accessibility")),
    )
    op.create_table(
        "address",
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("address_1", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_address_location_id_location"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("location_id", name=op.f("pk_address")),
    )
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_name", sa.String(70), nullable=False),
        sa.Column("resource", sa.String(10), nullable=False),
        sa.Column("resource_id", sa.String(200), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.CheckConstraint("resource IN ('service', 'course')", name=op.f("ck_change_request_resource")),
        sa.ForeignKeyConstraint(["feed_name"], ["feed.name"], name=op.f("fk_change_request_feed_name_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_request_feed_name"), "change_request", ["feed_name"])
    op.create_table(
        "service",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_names", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("for_whom", sa.JSON(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=True),
        sa.Column("free", sa.Boolean(), nullable=True),
        sa.Column("cpr_required", sa.Boolean(), nullable=True),
        sa.Column("residence_required", sa.Boolean(), nullable=True),
        sa.Column("eu_migrants", sa.Boolean(), nullable=True),
        sa.Column("walk_in", sa.Boolean(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("reports_to_authorities", sa.Boolean(), nullable=True),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confidence IN ('sikker', 'ældre', 'usikker')", name=op.f("ck_service_confidence")),
        sa.CheckConstraint("status IN ('active', 'inactive', 'defunct', 'temporarily closed')", name=op.f("ck_service_status")),
        sa.CheckConstraint("(confirmed_by IS NULL) = (confirmed_on IS NULL)", name=op.f("ck_service_confirmed")),
        sa.CheckConstraint("minimum_age <= maximum_age", name=op.f("ck_service_ages")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_service_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_organization_id"), "service", ["organization_id"])
    op.create_table(
        "cost_option",
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("amount_description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_cost_option_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_cost_option")),
    )
    op.create_table(
        "language",
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("code", sa.String(2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_language_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service_id", "code", name=op.f("pk_language")),
    )
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_phone_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
    )
    op.create_index(op.f("ix_phone_service_id"), "phone", ["service_id"])
    op.create_table(
        "required_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_required_document_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_document")),
    )
    op.create_index(op.f("ix_required_document_service_id"), "required_document", ["service_id"])
    op.create_table(
        "schedule",
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_schedule_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_schedule")),
    )
    op.create_table(
        "service_at_location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_service_at_location_location_id_location"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_at_location_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_at_location")),
    )
    op.create_index(op.f("ix_service_at_location_location_id"), "service_at_location", ["location_id"])
    op.create_index(op.f("ix_service_at_location_service_id"), "service_at_location", ["service_id"])
    op.create_table(
        "service_need",
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_need_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service_id", "term", name=op.f("pk_service_need")),
    )
    op.create_index(op.f("ix_service_need_term"), "service_need", ["term"])
