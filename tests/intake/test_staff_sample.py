from datetime import date

from signing_service.directory.people import Office
from signing_service.directory.teaching import TaughtSubject, sheet_signers
from signing_service.intake.reading import read_transcripts
from signing_service.intake.staff.reading import read_staff
from signing_service.intake.staff.unit_list import read_units
from signing_service.sample import SAMPLE_ISSUER, SAMPLE_PRINCIPAL, sample_class_workbook
from signing_service.sample.directory import sample_schools_workbook, sample_staff_workbook

TODAY = date(2026, 5, 28)


def test_the_shipped_lists_are_without_fault() -> None:
    units = read_units(sample_schools_workbook(), today=TODAY)
    staff = read_staff(sample_staff_workbook(), today=TODAY, units=[record.unit for record in units.records])
    assert (units.errors, units.warnings, staff.errors, staff.warnings) == ((), (), (), ())
    assert [record.unit.code for record in units.records] == ["99", "99000799", SAMPLE_ISSUER.school_code]


def test_the_shipped_staff_teach_the_subjects_of_the_shipped_class() -> None:
    appointments = [a for p in read_staff(sample_staff_workbook(), today=TODAY).records for a in p.appointments]
    transcript = read_transcripts(sample_class_workbook()).records[0].transcript
    for subject in transcript.subjects:
        taught = TaughtSubject(SAMPLE_ISSUER.school_code, "7B", "2025-2026", subject.code)
        (signer,) = sheet_signers(appointments, taught, on=TODAY)
        assert subject.teacher is not None
        assert signer.person == subject.teacher.code
    assert [a.person for a in appointments if a.office is Office.PRINCIPAL] == [SAMPLE_PRINCIPAL.code]
