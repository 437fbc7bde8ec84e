"""One transaction over all repositories."""

from sqlmodel import Session

from signing_service.storage.access_codes import SqlAccessCodes
from signing_service.storage.acts import SqlConsents, SqlIntents
from signing_service.storage.awards import SqlAwardDecisions
from signing_service.storage.cases import SqlEvents, SqlOpenings, SqlRecalls
from signing_service.storage.directory import SqlStaff
from signing_service.storage.documents import SqlDocuments
from signing_service.storage.pupils import SqlPupils
from signing_service.storage.registry import SqlCertificates, SqlCommitments
from signing_service.storage.subject_sheets import SqlSubjectSheets


class SqlUnitOfWork:
    """One transaction over everything that is remembered."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.access_codes = SqlAccessCodes(session)
        self.awards = SqlAwardDecisions(session)
        self.documents = SqlDocuments(session)
        self.intents = SqlIntents(session)
        self.consents = SqlConsents(session)
        self.staff = SqlStaff(session)
        self.pupils = SqlPupils(session)
        self.certificates = SqlCertificates(session)
        self.commitments = SqlCommitments(session)
        self.recalls = SqlRecalls(session)
        self.events = SqlEvents(session)
        self.openings = SqlOpenings(session)
        self.subject_sheets = SqlSubjectSheets(session)
