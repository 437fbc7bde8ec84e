"""Enter in the directory which child a transcript is about, and where the child was enrolled; called inside the import's transaction."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from signing_service.actions.repositories import UnitOfWork
from signing_service.directory.pupils import (
    KnownPupil,
    Likeness,
    PossibleMatch,
    PupilEnrolment,
    PupilId,
    PupilIdentity,
    matching_name,
    new_pupil_id,
    recognise,
)
from signing_service.records.transcript import Transcript

_YEAR_OPENS: Final = (9, 5)
"""Month and day of the opening of the school year, where no other day of entry is stated."""


@dataclass(frozen=True, slots=True)
class EnrolmentOutcome:
    """Who the child is; None where the school's code belongs to another child, and nothing was entered."""

    pupil: PupilId | None
    possible: tuple[PossibleMatch, ...] = ()
    """Other entries that may be the same child: for a person to decide (`tell_pupils_apart`)."""


def record_enrolment(unit: UnitOfWork, transcript: Transcript) -> EnrolmentOutcome:
    """Find or add the child and the enrolment that a transcript names; the same transcript again changes nothing.

    A school's code names one child. Without it, only the same personal ID with the same birth date is beyond doubt; a namesake becomes an
    entry of its own and a possible match. The caller has decided that the actor may import for the class.
    """
    pupil, school = transcript.pupil, transcript.issuer.school_code
    identity = PupilIdentity(pupil.name, pupil.birth_date, pupil.personal_id)
    by_code = unit.pupils.of_code(school, pupil.code)
    before = unit.pupils.get(by_code) if by_code is not None else None
    if before is not None and _contradicts(before.identity, identity):
        return EnrolmentOutcome(None)
    others = [entry for entry in unit.pupils.resembling(identity) if before is None or entry.pupil != before.pupil]
    found = recognise(identity, others)
    # Two entries that stood apart are joined by a person only, even where the personal ID says that they are one.
    doubts = ((found.same, Likeness.PERSONAL_ID),) if before is not None and found.same is not None else ()
    child = before.pupil if before is not None else found.same or new_pupil_id()
    unit.pupils.add(KnownPupil(child, replace(identity, personal_id=identity.personal_id or _id_of(unit, child))))
    _enrol(unit, transcript, child)
    possible = tuple(PossibleMatch(child, other, likeness) for other, likeness in (*found.possible, *doubts))
    for match in possible:
        unit.pupils.add_match(match)
    return EnrolmentOutcome(child, possible)


def _contradicts(known: PupilIdentity, stated: PupilIdentity) -> bool:
    """A name, a birth date or a personal ID is corrected now and then, never two of them at once: twins share a birth date."""
    ids = {known.personal_id, stated.personal_id} - {None}
    different = (known.birth_date != stated.birth_date, matching_name(known.name) != matching_name(stated.name), len(ids) > 1)
    return sum(different) > 1


def _id_of(unit: UnitOfWork, child: PupilId) -> str | None:
    entry = unit.pupils.get(child)
    return entry.identity.personal_id if entry else None


def _enrol(unit: UnitOfWork, transcript: Transcript, child: PupilId) -> None:
    school, year = transcript.issuer.school_code, transcript.school_year
    held = [e for e in unit.pupils.enrolments_of(child) if e.school == school and e.school_year == year]
    if not held:
        stated = next((line.since for line in transcript.study_history if line.school_year == year and line.since is not None), None)
        since = stated or date(int(year[:4]), *_YEAR_OPENS)
        unit.pupils.enrol(PupilEnrolment(child, school, transcript.pupil.code, transcript.class_name, year, since))
    elif held[-1].class_name != transcript.class_name:
        unit.pupils.replace(held[-1], replace(held[-1], class_name=transcript.class_name))
