"""Outstanding intents and redeemable consents."""

from datetime import datetime

from sqlmodel import Session, col, select

from signing_service.actions.repositories import StoredIntent
from signing_service.errors import RefusedError
from signing_service.ids import DocumentId, PersonCode, Sha256
from signing_service.storage.conflicts import conflict
from signing_service.storage.tables import ConsentRow, IntentRow
from signing_service.workflow.case import SigningRole
from signing_service.workflow.consent import Consent, ConsentId, ConsentItem


def _intent(row: IntentRow) -> StoredIntent:
    return StoredIntent(
        document=DocumentId(row.document),
        role=SigningRole(row.role),
        consent=ConsentId(row.consent),
        prepared=Sha256(row.prepared),
        lease_until=row.lease_until,
        signature_value=row.signature_value,
    )


class SqlIntents:
    """Outstanding intents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, intent: StoredIntent, *, now: datetime) -> None:
        """Store an intent; a void one is replaced."""
        before = self._session.get(IntentRow, intent.document)
        if before is not None:
            if before.signature_value is not None or before.lease_until > now:
                raise conflict("intent-outstanding")
            self._session.delete(before)
            self._session.flush()
        self._session.add(
            IntentRow(
                document=intent.document,
                role=intent.role,
                consent=intent.consent,
                prepared=intent.prepared,
                lease_until=intent.lease_until,
            )
        )
        self._session.flush()

    def get(self, document: DocumentId) -> StoredIntent | None:
        """The outstanding intent, or None."""
        row = self._session.get(IntentRow, document)
        return _intent(row) if row else None

    def set_value(self, intent: StoredIntent, value: bytes) -> None:
        """Store the signature value of exactly this intent, once."""
        row = self._session.get(IntentRow, intent.document)
        # Whoever comes back after the lease ran out may find somebody else's intent here, and the value fits only its own.
        if row is None or row.signature_value is not None or (row.consent, row.prepared) != (intent.consent, intent.prepared):
            raise conflict("intent-gone")
        row.signature_value = value
        self._session.add(row)

    def close(self, document: DocumentId) -> None:
        """Forget the intent."""
        row = self._session.get(IntentRow, document)
        if row is not None:
            self._session.delete(row)

    def with_value(self, *, after: str = "", limit: int) -> tuple[StoredIntent, ...]:
        """Signatures that exist but are not embedded yet."""
        name = col(IntentRow.document)
        query = select(IntentRow).where(col(IntentRow.signature_value).is_not(None), name > after).order_by(name).limit(limit)
        return tuple(_intent(row) for row in self._session.exec(query))


class SqlConsents:
    """Acts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, consent: Consent) -> None:
        """Store a consent."""
        self._session.add(
            ConsentRow(
                consent=consent.consent_id,
                person=consent.person,
                role=consent.role,
                items="\n".join(f"{item.document} {item.head}" for item in consent.items),
                digest=consent.digest,
                given_at=consent.given_at,
            )
        )

    def redeem(self, consent: ConsentId) -> Consent:
        """Take the consent; the second call is refused."""
        row = self._session.get(ConsentRow, consent)
        if row is None:
            raise RefusedError("consent-unknown", vi="Không có lượt ký này; hãy mở lại danh sách.", en="No such act; open the list again.")
        if row.redeemed:
            raise RefusedError(
                "consent-used", vi="Lượt ký này đã dùng; hãy mở lại danh sách.", en="This act was used; open the list again."
            )
        row.redeemed = True
        self._session.add(row)
        pairs = [line.split(" ") for line in row.items.splitlines()]
        return Consent(
            consent_id=ConsentId(row.consent),
            person=PersonCode(row.person),
            role=SigningRole(row.role),
            items=tuple(ConsentItem(DocumentId(document), Sha256(head)) for document, head in pairs),
            digest=Sha256(row.digest),
            given_at=row.given_at,
        )
