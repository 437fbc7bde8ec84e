"""Subject sheets, their outstanding signatures, and what teachers agreed to."""

from datetime import datetime

from sqlmodel import Session, col, select

from signing_service.access.policy import ClassOfYear
from signing_service.actions.subject_sheets.store import SheetConsent, SheetConsentItem, SheetIntent, SignedContent, StoredSheet
from signing_service.errors import RefusedError
from signing_service.ids import DocumentId, PersonCode, SchoolCode, Sha256
from signing_service.records.subject_sheet import SheetId
from signing_service.storage.conflicts import conflict
from signing_service.storage.subject_sheet_tables import SheetConsentRow, SheetIntentRow, SubjectSheetRow
from signing_service.workflow.consent import ConsentId


def _sheet(row: SubjectSheetRow) -> StoredSheet:
    return StoredSheet(
        sheet=SheetId(DocumentId(row.sheet)),
        batch=ClassOfYear(SchoolCode(row.school), row.class_name, row.school_year),
        subject=row.subject,
        version=row.version,
        lines=Sha256(row.lines),
        content=Sha256(row.content),
        created_at=row.created_at,
        signed=SignedContent(Sha256(row.signed), Sha256(row.signature)) if row.signed and row.signature else None,
    )


def _intent(row: SheetIntentRow) -> SheetIntent:
    return SheetIntent(
        sheet=SheetId(DocumentId(row.sheet)),
        consent=ConsentId(row.consent),
        content=Sha256(row.content),
        prepared=Sha256(row.prepared),
        lease_until=row.lease_until,
        signature_value=row.signature_value,
    )


class SqlSubjectSheets:
    """Subject sheets."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, sheet: StoredSheet) -> None:
        """Add a version."""
        self._session.add(
            SubjectSheetRow(
                sheet=sheet.sheet,
                school=sheet.batch.school,
                class_name=sheet.batch.class_name,
                school_year=sheet.batch.school_year,
                subject=sheet.subject,
                version=sheet.version,
                lines=sheet.lines,
                content=sheet.content,
                created_at=sheet.created_at,
            )
        )
        self._session.flush()

    def get(self, sheet: SheetId) -> StoredSheet | None:
        """The version, or None."""
        row = self._row(sheet)
        return _sheet(row) if row else None

    def of_class(self, batch: ClassOfYear) -> tuple[StoredSheet, ...]:
        """Every version of every subject of a class, oldest first."""
        query = (
            select(SubjectSheetRow)
            .where(
                SubjectSheetRow.school == batch.school,
                SubjectSheetRow.class_name == batch.class_name,
                SubjectSheetRow.school_year == batch.school_year,
            )
            .order_by(col(SubjectSheetRow.position))
        )
        return tuple(_sheet(row) for row in self._session.exec(query))

    def signed_as(self, content: Sha256) -> StoredSheet | None:
        """The version whose signed bytes have this digest, or None."""
        row = self._session.exec(select(SubjectSheetRow).where(SubjectSheetRow.signed == content)).one_or_none()
        return _sheet(row) if row else None

    def open_intent(self, intent: SheetIntent, *, now: datetime) -> None:
        """Store an intent; a void one is replaced."""
        sheet = self._row(intent.sheet)
        if sheet is None or sheet.signed is not None:
            raise conflict("sheet-signed")
        before = self._session.get(SheetIntentRow, intent.sheet)
        if before is not None:
            if before.signature_value is not None or before.lease_until > now:
                raise conflict("intent-outstanding")
            self._session.delete(before)
            self._session.flush()
        self._session.add(
            SheetIntentRow(
                sheet=intent.sheet,
                consent=intent.consent,
                content=intent.content,
                prepared=intent.prepared,
                lease_until=intent.lease_until,
            )
        )
        self._session.flush()

    def intent(self, sheet: SheetId) -> SheetIntent | None:
        """The outstanding intent, or None."""
        row = self._session.get(SheetIntentRow, sheet)
        return _intent(row) if row else None

    def set_value(self, intent: SheetIntent, value: bytes) -> None:
        """Store the signature value of exactly this intent, once."""
        row = self._outstanding(intent)
        if row.signature_value is not None:
            raise conflict("intent-gone")
        row.signature_value = value
        self._session.add(row)

    def with_value(self, *, after: str = "", limit: int) -> tuple[SheetIntent, ...]:
        """Signatures without a time-stamp yet."""
        name = col(SheetIntentRow.sheet)
        query = select(SheetIntentRow).where(col(SheetIntentRow.signature_value).is_not(None), name > after).order_by(name).limit(limit)
        return tuple(_intent(row) for row in self._session.exec(query))

    def sign(self, intent: SheetIntent, signature: Sha256) -> None:
        """Name the signed bytes and their CMS, and close the intent."""
        intent_row, sheet = self._outstanding(intent), self._row(intent.sheet)
        if sheet is None or sheet.signed is not None:
            raise conflict("intent-gone")
        sheet.signed, sheet.signature = intent.content, signature
        self._session.add(sheet)
        self._session.delete(intent_row)
        self._session.flush()

    def agree(self, consent: SheetConsent) -> None:
        """Store a consent."""
        self._session.add(
            SheetConsentRow(
                consent=consent.consent_id,
                person=consent.person,
                items="\n".join(f"{item.sheet} {item.content}" for item in consent.items),
                digest=consent.digest,
                given_at=consent.given_at,
            )
        )

    def redeem(self, consent: ConsentId) -> SheetConsent:
        """Take the consent; the second call is refused."""
        row = self._session.get(SheetConsentRow, consent)
        if row is None:
            raise RefusedError("consent-unknown", vi="Không có lượt ký này; hãy mở lại danh sách.", en="No such act; open the list again.")
        if row.redeemed:
            raise RefusedError(
                "consent-used", vi="Lượt ký này đã dùng; hãy mở lại danh sách.", en="This act was used; open the list again."
            )
        row.redeemed = True
        self._session.add(row)
        pairs = [line.split(" ") for line in row.items.splitlines()]
        return SheetConsent(
            consent_id=ConsentId(row.consent),
            person=PersonCode(row.person),
            items=tuple(SheetConsentItem(SheetId(DocumentId(sheet)), Sha256(content)) for sheet, content in pairs),
            digest=Sha256(row.digest),
            given_at=row.given_at,
        )

    def _row(self, sheet: SheetId) -> SubjectSheetRow | None:
        return self._session.exec(select(SubjectSheetRow).where(SubjectSheetRow.sheet == sheet)).one_or_none()

    def _outstanding(self, intent: SheetIntent) -> SheetIntentRow:
        """The row of exactly this intent: after its lease ran out somebody else's may stand there, and the value fits only its own."""
        row = self._session.get(SheetIntentRow, intent.sheet)
        if row is None or (row.consent, row.prepared) != (intent.consent, intent.prepared):
            raise conflict("intent-gone")
        return row
