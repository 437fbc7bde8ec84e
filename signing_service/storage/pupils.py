"""Pupils across schools and years."""

from sqlmodel import Session, col, or_, select

from signing_service.directory.pupils import (
    KnownPupil,
    Likeness,
    PossibleMatch,
    PupilEnrolment,
    PupilId,
    PupilIdentity,
    matching_name,
)
from signing_service.ids import SchoolCode
from signing_service.storage.conflicts import conflict
from signing_service.storage.directory_tables import EnrolmentRow, PupilMatchRow, PupilRow


class SqlPupils:
    """Pupils, enrolments, and pairs of entries that may be one child."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, pupil: KnownPupil) -> None:
        """Add or replace an entry."""
        identity = pupil.identity
        self._session.merge(
            PupilRow(
                pupil=pupil.pupil,
                name=identity.name,
                matching_name=matching_name(identity.name),
                birth_date=identity.birth_date,
                personal_id=identity.personal_id,
            )
        )
        self._session.flush()

    def get(self, pupil: PupilId) -> KnownPupil | None:
        """An entry, or None."""
        row = self._session.get(PupilRow, pupil)
        return _pupil(row) if row else None

    def resembling(self, identity: PupilIdentity) -> tuple[KnownPupil, ...]:
        """Every entry with the same personal ID, or with the same birth date and name."""
        namesake = (col(PupilRow.birth_date) == identity.birth_date) & (col(PupilRow.matching_name) == matching_name(identity.name))
        same_id = col(PupilRow.personal_id) == identity.personal_id if identity.personal_id is not None else namesake
        return tuple(map(_pupil, self._session.exec(select(PupilRow).where(or_(namesake, same_id)).order_by(PupilRow.pupil))))

    def of_code(self, school: SchoolCode, pupil_code: str) -> PupilId | None:
        """The child behind a school's code, or None."""
        query = select(EnrolmentRow).where(EnrolmentRow.school == school, EnrolmentRow.pupil_code == pupil_code).limit(1)
        row = self._session.exec(query).one_or_none()
        return PupilId(row.pupil) if row else None

    def enrol(self, enrolment: PupilEnrolment) -> None:
        """Add an enrolment."""
        self._session.add(
            EnrolmentRow(
                pupil=enrolment.pupil,
                school=enrolment.school,
                pupil_code=enrolment.pupil_code,
                class_name=enrolment.class_name,
                school_year=enrolment.school_year,
                since=enrolment.since,
                until=enrolment.until,
            )
        )
        self._session.flush()

    def replace(self, before: PupilEnrolment, after: PupilEnrolment) -> None:
        """Put `after` in the place of `before`, by compare-and-swap."""
        rows = self._session.exec(select(EnrolmentRow).where(EnrolmentRow.pupil == before.pupil))
        row = next((row for row in rows if _enrolment(row) == before), None)
        if row is None or (after.pupil, after.school) != (before.pupil, before.school):
            raise conflict("enrolment-moved")
        row.class_name, row.pupil_code, row.since, row.until = after.class_name, after.pupil_code, after.since, after.until
        self._session.add(row)
        self._session.flush()

    def enrolments_of(self, pupil: PupilId) -> tuple[PupilEnrolment, ...]:
        """Every enrolment of a child, oldest first."""
        query = select(EnrolmentRow).where(EnrolmentRow.pupil == pupil).order_by(col(EnrolmentRow.since), col(EnrolmentRow.id))
        return tuple(map(_enrolment, self._session.exec(query)))

    def add_match(self, match: PossibleMatch) -> None:
        """Note a pair to be looked at; a pair noted before, in either order, changes nothing."""
        if self._match(match.pupil, match.other) is None:
            self._session.add(PupilMatchRow(pupil=match.pupil, other=match.other, likeness=match.likeness))
            self._session.flush()

    def open_matches(self) -> tuple[PossibleMatch, ...]:
        """Every pair that nobody has decided about."""
        query = select(PupilMatchRow).where(col(PupilMatchRow.same).is_(None)).order_by(PupilMatchRow.pupil, PupilMatchRow.other)
        return tuple(PossibleMatch(PupilId(r.pupil), PupilId(r.other), Likeness(r.likeness)) for r in self._session.exec(query))

    def decide_match(self, pupil: PupilId, other: PupilId, *, same: bool) -> None:
        """Store the decision about a pair: two children, or one, whose enrolments all stand under `other` from now on."""
        row = self._match(pupil, other)
        if row is None or row.same is not None:
            raise conflict("match-decided")
        row.same = same
        self._session.add(row)
        if same:
            self._join(pupil, other)
        self._session.flush()

    def _join(self, gone: PupilId, kept: PupilId) -> None:
        for enrolment in self._session.exec(select(EnrolmentRow).where(EnrolmentRow.pupil == gone)):
            enrolment.pupil = kept
            self._session.add(enrolment)
        about_gone = or_(col(PupilMatchRow.pupil) == gone, col(PupilMatchRow.other) == gone)
        for row in self._session.exec(select(PupilMatchRow).where(about_gone, col(PupilMatchRow.same).is_(None))).all():
            third = PupilId(row.other if row.pupil == gone else row.pupil)
            likeness = Likeness(row.likeness)
            self._session.delete(row)
            if third != kept:
                self.add_match(PossibleMatch(kept, third, likeness))
        entry = self._session.get(PupilRow, gone)
        if entry is not None:
            self._session.delete(entry)

    def _match(self, one: PupilId, two: PupilId) -> PupilMatchRow | None:
        return self._session.get(PupilMatchRow, (one, two)) or self._session.get(PupilMatchRow, (two, one))


def _pupil(row: PupilRow) -> KnownPupil:
    return KnownPupil(PupilId(row.pupil), PupilIdentity(row.name, row.birth_date, row.personal_id))


def _enrolment(row: EnrolmentRow) -> PupilEnrolment:
    return PupilEnrolment(PupilId(row.pupil), SchoolCode(row.school), row.pupil_code, row.class_name, row.school_year, row.since, row.until)
