"""The directory: services with what belongs to them, courses, and the state of the content they were seeded with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("name", name=op.f("uq_organization_name")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
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
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.CheckConstraint("status IN ('active', 'inactive', 'defunct', 'temporarily closed')", name=op.f("ck_service_status")),
        sa.CheckConstraint("confidence IN ('sikker', 'ældre')", name=op.f("ck_service_confidence")),
        sa.CheckConstraint("minimum_age <= maximum_age", name=op.f("ck_service_ages")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_service_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_organization_id"), "service", ["organization_id"])
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
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("address_1", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("area", sa.String(40), nullable=True),
        sa.Column("as_of", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_location_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index(op.f("ix_location_service_id"), "location", ["service_id"])
    op.create_index(op.f("ix_location_area"), "location", ["area"])
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
        "service_need",
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_need_service_id_service"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service_id", "term", name=op.f("pk_service_need")),
    )
    op.create_index(op.f("ix_service_need_term"), "service_need", ["term"])
    op.create_table(
        "event",
        sa.Column("uid", sa.String(200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("dtstart", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dtend", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("organizer", sa.Text(), nullable=True),
        sa.Column("signup", sa.Text(), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=False),
        sa.Column("source_title", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.CheckConstraint("dtend > dtstart", name=op.f("ck_event_period")),
        sa.CheckConstraint("status IN ('CONFIRMED', 'CANCELLED')", name=op.f("ck_event_status")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_event_sequence")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_dtend"), "event", ["dtend"])
    op.create_table(
        "seed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_seed_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seed")),
    )


def downgrade() -> None:
    for table in ("seed", "event", "service_need", "schedule", "location", "phone", "service", "organization"):
        op.drop_table(table)
