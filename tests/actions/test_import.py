from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from signing_service.access.operator import operator
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.known_schools import known_schools
from signing_service.bootstrap import Service
from signing_service.errors import RefusedError
from signing_service.ids import SchoolCode
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import NOT_REGISTERED
from signing_service.records.canonical import read_record, transcript_bytes
from signing_service.records.transcript import HomeroomRemarks
from tests.line import CLERK, HOMEROOM, TRANSCRIPT, a_class, actor, documents, take_in


def changed(intake: IntakeResult, **changes: Any) -> IntakeResult:
    rows = tuple(replace(row, transcript=replace(row.transcript, **changes)) for row in intake.records)
    return replace(intake, records=rows)


def code_of_refusal(service: Service, intake: IntakeResult, schools: list[SchoolCode]) -> str:
    who = operator(schools, on=service.clock.now().date())
    with pytest.raises(RefusedError) as refused:
        import_transcripts(intake, actor=who, database=service.database, blobs=service.blobs, clock=service.clock)
    return refused.value.code


def test_a_school_that_is_not_registered_is_refused_whole(service: Service) -> None:
    stray = changed(a_class(2), issuer=replace(TRANSCRIPT.issuer, school_code=NOT_REGISTERED))
    assert code_of_refusal(service, stray, [NOT_REGISTERED]) == "school-not-registered"
    assert documents(service) == ()


def test_a_clerk_imports_for_their_own_school_only(service: Service) -> None:
    assert code_of_refusal(service, a_class(2), [SchoolCode("99000002")]) == "not-permitted"
    with pytest.raises(RefusedError):
        import_transcripts(a_class(2), actor=actor(service, HOMEROOM), database=service.database, blobs=service.blobs, clock=service.clock)
    assert documents(service) == ()


def test_other_content_for_the_same_pupil_and_year_is_listed_and_changes_nothing(service: Service) -> None:
    take_in(service, 2)
    before = documents(service)
    other = changed(a_class(2), remarks=HomeroomRemarks(year="Nhận xét khác."))
    outcome = import_transcripts(other, actor=actor(service, CLERK), database=service.database, blobs=service.blobs, clock=service.clock)
    assert [(finding.code, finding.row) for finding in outcome.refused] == [("transcript-exists", 8), ("transcript-exists", 9)]
    assert (outcome.added, documents(service)) == ((), before)


def test_the_record_leaves_the_single_marks_with_the_school_and_names_them_by_digest(service: Service) -> None:
    take_in(service, 1)
    stored = documents(service)[0]
    record = read_record(service.blobs.get(stored.record_blob))
    assert record.basis is not None
    assert service.blobs.get(record.basis) == transcript_bytes(a_class(1).records[0].transcript)
    assert b'"midterm"' in service.blobs.get(record.basis)
    assert b'"midterm"' not in service.blobs.get(stored.record_blob)


def test_the_register_recognises_schools_and_their_people(service: Service) -> None:
    (school,) = known_schools(service.database, on=date(2026, 5, 28))
    assert school.issuer == TRANSCRIPT.issuer
    assert {person.code for person in school.staff} == {"9900000011", "9900000012", "9900000013"}
