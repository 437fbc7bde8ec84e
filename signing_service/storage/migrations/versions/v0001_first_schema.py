"""The first schema."""

import sqlalchemy as sa
from alembic import op

from signing_service.storage.tables import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("class_name", sa.String(), nullable=True),
        sa.Column("school_year", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_person"), ["person"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revocation_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("serial"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_profile"), ["profile"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "consent",
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("items", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("redeemed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("consent"),
    )
    op.create_table(
        "document",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_digest", sa.String(), nullable=False),
        sa.Column("record_blob", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("pupil_code", sa.String(), nullable=False),
        sa.Column("transcript_digest", sa.String(), nullable=False),
        sa.Column("link_token", sa.String(), nullable=False),
        sa.Column("short_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("report", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("document"),
        sa.UniqueConstraint("link_token"),
        sa.UniqueConstraint("record"),
        sa.UniqueConstraint("school", "pupil_code", "school_year", name="uq_document_pupil_year"),
        sa.UniqueConstraint("short_code"),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_class_name"), ["class_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_state"), ["state"], unique=False)

    op.create_table(
        "intent",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("prepared", sa.String(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=False),
        sa.Column("signature_value", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "log_leaf",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("commitment"),
    )
    op.create_table(
        "log_tile",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_table(
        "person",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("personal_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "school",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("place_of_issue", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("department_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "sealed_key",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("sealed_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_key_owner"), ["owner"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("sealed_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_key_owner"))

    op.drop_table("sealed_key")
    op.drop_table("school")
    op.drop_table("person")
    op.drop_table("log_tile")
    op.drop_table("log_leaf")
    op.drop_table("log_checkpoint")
    op.drop_table("intent")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_state"))
        batch_op.drop_index(batch_op.f("ix_document_class_name"))

    op.drop_table("document")
    op.drop_table("consent")
    op.drop_table("commitment")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_profile"))
        batch_op.drop_index(batch_op.f("ix_certificate_owner"))

    op.drop_table("certificate")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_person"))

    op.drop_table("appointment")
