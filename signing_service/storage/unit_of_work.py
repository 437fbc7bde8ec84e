"""One transaction over all repositories."""

from sqlmodel import Session

from signing_service.storage.acts import SqlConsents, SqlIntents
from signing_service.storage.documents import SqlDocuments
from signing_service.storage.registry import SqlCertificates, SqlCommitments, SqlStaff


class SqlUnitOfWork:
    """One transaction over everything that is remembered."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.documents = SqlDocuments(session)
        self.intents = SqlIntents(session)
        self.consents = SqlConsents(session)
        self.staff = SqlStaff(session)
        self.certificates = SqlCertificates(session)
        self.commitments = SqlCommitments(session)
