"""What anybody with a link may know of a record: a collective by name, a person and a pupil by initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.actions.public_facts import masked, public_facts
from signing_service.errors import InvalidInputError
from signing_service.records.awards.canonical import award_bytes
from signing_service.records.awards.decision import Section
from signing_service.records.canonical import canonical_bytes
from signing_service.records.kinds import DocumentKind
from tests.award_factory import example_certificate_record, example_decision_record
from tests.records_factory import example_record


@pytest.mark.parametrize("section", list(Section))
def test_a_certificate_names_a_collective_and_masks_a_person(section: Section) -> None:
    record = example_certificate_record(section)
    name, is_person = record.certificate.recipient.name, section is Section.INDIVIDUAL
    facts = public_facts(DocumentKind.AWARD_CERTIFICATE, award_bytes(record))
    assert facts.recipient == (masked(name) if is_person else name)
    assert facts.recipient_is_masked is is_person
    assert facts.decision_number == record.certificate.decision_number
    assert (name in repr(facts)) is not is_person


def test_a_decision_tells_its_number_and_day_and_nobody_it_names() -> None:
    record = example_decision_record()
    facts = public_facts(DocumentKind.AWARD_DECISION, award_bytes(record))
    assert (facts.decision_number, facts.decided_on) == (record.decision.number, record.decision.dated)
    for line in record.decision.individuals:
        assert line.name not in repr(facts)


@pytest.mark.parametrize("kind", [DocumentKind.TRANSCRIPT, DocumentKind.TRANSCRIPT_EXTRACT])
def test_a_transcript_and_its_extract_mask_the_pupil(kind: DocumentKind) -> None:
    record = example_record()
    facts = public_facts(kind, canonical_bytes(record))
    assert facts.recipient == masked(record.transcript.pupil.name)
    assert record.transcript.pupil.name not in repr(facts)


def test_a_record_of_another_kind_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        public_facts(DocumentKind.AWARD_CERTIFICATE, canonical_bytes(example_record()))


@given(st.text())
def test_of_a_word_nothing_is_left_but_its_first_letter(name: str) -> None:
    assert all(len(word) == 2 and word[1] == "." for word in masked(name).split())
