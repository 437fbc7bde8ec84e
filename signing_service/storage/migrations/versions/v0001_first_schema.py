"""The first schema."""

import sqlalchemy as sa
from alembic import op

from signing_service.storage.tables import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "access_code",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("closed_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("document"),
    )
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
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("signing_title", sa.String(), nullable=True),
        sa.Column("substitute_for", sa.String(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_school"), ["school"], unique=False)

    op.create_table(
        "award_decision",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("decision"),
        sa.UniqueConstraint("place"),
    )
    op.create_table(
        "case_event",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_event_document"), ["document"], unique=False)

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
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("document", "kind"),
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
        "directory_change",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    with op.batch_alter_table("directory_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_change_about"), ["about"], unique=False)

    op.create_table(
        "document",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_digest", sa.String(), nullable=False),
        sa.Column("record_blob", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("link_token", sa.String(), nullable=False),
        sa.Column("short_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("report", sa.String(), nullable=True),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("document"),
        sa.UniqueConstraint("link_token"),
        sa.UniqueConstraint("record"),
        sa.UniqueConstraint("short_code"),
        sa.UniqueConstraint("slot"),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_batch", ["unit", "batch", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_head"), ["head"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_replaces"), ["replaces"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_state"), ["state"], unique=False)
        batch_op.create_index("ix_document_subject", ["unit", "subject"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("pupil_code", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_enrolment_code", ["school", "pupil_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_pupil"), ["pupil"], unique=False)

    op.create_table(
        "former_name",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "until"),
    )
    op.create_table(
        "golden_book",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )
    with op.batch_alter_table("golden_book", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_golden_book_decision"), ["decision"], unique=False)

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
        "organisation_unit",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("place_of_issue", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=True),
        sa.Column("department_name", sa.String(), nullable=True),
        sa.Column("levels", sa.String(), nullable=False),
        sa.Column("ownership", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("merged_since", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "person",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("personal_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "pupil",
        sa.Column("pupil", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("matching_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("personal_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("pupil"),
    )
    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.create_index("ix_pupil_namesake", ["birth_date", "matching_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_pupil_personal_id"), ["personal_id"], unique=False)

    op.create_table(
        "pupil_match",
        sa.Column("pupil", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("likeness", sa.String(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("pupil", "other"),
    )
    with op.batch_alter_table("pupil_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pupil_match_other"), ["other"], unique=False)

    op.create_table(
        "recall",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("recall", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("recall"),
        sa.UniqueConstraint("standing"),
    )
    with op.batch_alter_table("recall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_document"), ["document"], unique=False)

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

    op.create_table(
        "sheet_consent",
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("items", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("redeemed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("consent"),
    )
    op.create_table(
        "sheet_intent",
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("prepared", sa.String(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=False),
        sa.Column("signature_value", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sheet"),
    )
    op.create_table(
        "subject_sheet",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("signed", sa.String(), nullable=True),
        sa.Column("signature", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("school", "class_name", "school_year", "subject", "version"),
        sa.UniqueConstraint("sheet"),
        sa.UniqueConstraint("signed"),
    )
    op.create_table(
        "year_opening",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    with op.batch_alter_table("year_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_year_opening_school"), ["school"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("year_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_year_opening_school"))

    op.drop_table("year_opening")
    op.drop_table("subject_sheet")
    op.drop_table("sheet_intent")
    op.drop_table("sheet_consent")
    with op.batch_alter_table("sealed_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_key_owner"))

    op.drop_table("sealed_key")
    with op.batch_alter_table("recall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recall_document"))

    op.drop_table("recall")
    with op.batch_alter_table("pupil_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pupil_match_other"))

    op.drop_table("pupil_match")
    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pupil_personal_id"))
        batch_op.drop_index("ix_pupil_namesake")

    op.drop_table("pupil")
    op.drop_table("person")
    op.drop_table("organisation_unit")
    op.drop_table("log_tile")
    op.drop_table("log_leaf")
    op.drop_table("log_checkpoint")
    op.drop_table("intent")
    with op.batch_alter_table("golden_book", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_golden_book_decision"))

    op.drop_table("golden_book")
    op.drop_table("former_name")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_pupil"))
        batch_op.drop_index("ix_enrolment_code")

    op.drop_table("enrolment")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index("ix_document_subject")
        batch_op.drop_index(batch_op.f("ix_document_state"))
        batch_op.drop_index(batch_op.f("ix_document_replaces"))
        batch_op.drop_index(batch_op.f("ix_document_head"))
        batch_op.drop_index("ix_document_batch")

    op.drop_table("document")
    with op.batch_alter_table("directory_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directory_change_about"))

    op.drop_table("directory_change")
    op.drop_table("consent")
    op.drop_table("commitment")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_profile"))
        batch_op.drop_index(batch_op.f("ix_certificate_owner"))

    op.drop_table("certificate")
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_event_document"))

    op.drop_table("case_event")
    op.drop_table("award_decision")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_school"))
        batch_op.drop_index(batch_op.f("ix_appointment_person"))

    op.drop_table("appointment")
    op.drop_table("access_code")
