"""All documents of one child, through all years and schools."""

from datetime import datetime

from signing_service.access.policy import ClassOfYear
from signing_service.actions.repositories import StoredDocument, UnitOfWork
from signing_service.directory.pupils import PupilId
from signing_service.records.kinds import DocumentKind


def documents_of_pupil(unit: UnitOfWork, pupil: PupilId) -> tuple[StoredDocument, ...]:
    """Every transcript of the child, closed ones among them, by school year and creation."""
    codes = dict.fromkeys((e.school, e.pupil_code) for e in unit.pupils.enrolments_of(pupil))
    found = [d for school, code in codes for d in unit.documents.of_subject(DocumentKind.TRANSCRIPT, school, code)]
    return tuple(sorted(found, key=_age))


def _age(document: StoredDocument) -> tuple[str, datetime]:
    batch = document.batch
    return (batch.school_year if isinstance(batch, ClassOfYear) else "", document.created_at)
