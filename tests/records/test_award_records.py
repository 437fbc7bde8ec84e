"""Award records: one canonical byte sequence each, strict reading, and nothing in a handed-out file that its pages do not print."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from signing_service.errors import InvalidInputError
from signing_service.records.awards.authority import Signatory, SigningForm
from signing_service.records.awards.canonical import (
    award_bytes,
    award_digest,
    decision_digest,
    read_award_certificate,
    read_award_decision,
    read_kept_decision,
)
from signing_service.records.awards.catalogue import catalogue_named
from signing_service.records.awards.certificate import AwardCertificateRecord
from signing_service.records.awards.decision import AwardDecisionRecord, KeptDecision, Section
from signing_service.records.awards.issued import certificates_of, issued_decision
from signing_service.records.awards.schema import (
    AWARD_CERTIFICATE_SCHEMA,
    AWARD_DECISION_SCHEMA,
    award_certificate_schema,
    award_decision_schema,
)
from signing_service.records.canonical import to_json
from signing_service.records.schema import schema_text
from signing_service.shipped import shipped_path
from tests.award_factory import example_certificate_record, example_decision, example_decision_record
from tests.records.strategies import any_dataclass

_ANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_DECISIONS = Draft202012Validator(award_decision_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
_CERTIFICATES = Draft202012Validator(award_certificate_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


@_ANY
@given(any_dataclass(AwardDecisionRecord))
def test_a_decision_is_read_back_from_its_bytes_and_valid_by_its_schema(record: AwardDecisionRecord) -> None:
    assert read_award_decision(award_bytes(record)) == record
    _DECISIONS.validate(to_json(record))


@_ANY
@given(any_dataclass(AwardCertificateRecord))
def test_a_certificate_is_read_back_from_its_bytes_and_valid_by_its_schema(record: AwardCertificateRecord) -> None:
    assert read_award_certificate(award_bytes(record)) == record
    _CERTIFICATES.validate(to_json(record))


@pytest.mark.parametrize(
    ("file", "schema"), [(AWARD_DECISION_SCHEMA, award_decision_schema()), (AWARD_CERTIFICATE_SCHEMA, award_certificate_schema())]
)
def test_the_shipped_schema_is_the_one_that_the_code_makes(file: str, schema: dict[str, object]) -> None:
    Draft202012Validator.check_schema(schema)
    assert shipped_path("schemas", file).read_text("utf-8") == schema_text(schema)  # type: ignore[arg-type]  # Mapping values are invariant


def test_any_other_bytes_of_the_same_decision_are_refused() -> None:
    spaced = json.dumps(to_json(example_decision_record()), ensure_ascii=False).encode()
    with pytest.raises(InvalidInputError, match="record-not-canonical"):
        read_award_decision(spaced)


def test_a_certificate_is_no_decision() -> None:
    with pytest.raises(InvalidInputError, match="record-member"):
        read_award_decision(award_bytes(example_certificate_record()))


def test_a_certificate_names_the_record_of_its_decision() -> None:
    certificate = example_certificate_record()
    assert certificate.decision_record == award_digest(example_decision_record())
    other = replace(example_decision_record(), decision=replace(example_decision(), number="9072/QĐ-SGDĐT"))
    assert certificate.decision_record != award_digest(other)


def test_a_handed_out_decision_holds_no_vote_rating_ethnicity_code_or_area() -> None:
    text = award_bytes(replace(example_decision_record(), decision=issued_decision(example_decision()))).decode()
    for member in ("votes", "rating", "ethnicity", "area", "advanced_workers", "headcount", "initiative", "note"):
        assert f'"{member}"' not in text
    assert '"council":[]' in text
    assert "9907201001" not in text


def test_a_handed_out_certificate_holds_no_more_than_the_form_prints() -> None:
    decision = example_decision()
    certificates = certificates_of(decision, catalogue_named(decision.catalogue))
    assert [(c.recipient.section, c.golden_book_number) for c in certificates] == [
        *((Section.COLLECTIVE, n) for n in (1, 2)),
        *((Section.INDIVIDUAL, n) for n in (1, 2, 3, 4, 5)),
    ]
    assert set(to_json(certificates[2].recipient)) == {"section", "name", "salutation", "position", "unit"}
    assert set(to_json(certificates[0].recipient)) == {"section", "name"}
    assert certificates[2] == example_certificate_record(Section.INDIVIDUAL, 1).certificate


def test_the_kept_decision_is_read_back_and_its_salt_hides_the_votes() -> None:
    kept = KeptDecision("5a" * 32, example_decision())
    assert read_kept_decision(award_bytes(kept)) == kept
    assert award_digest(kept) != award_digest(replace(kept, salt="5b" * 32))


def test_the_same_decision_twice_has_one_digest_and_another_vote_has_another() -> None:
    decision = example_decision()
    assert decision_digest(decision) == decision_digest(example_decision())
    assert decision_digest(replace(decision, council=decision.council[1:])) != decision_digest(decision)


@pytest.mark.parametrize(
    ("signatory", "lines"),
    [
        (Signatory("A", None, SigningForm.DIRECT, "Giám đốc"), ("GIÁM ĐỐC",)),
        (Signatory("A", None, SigningForm.FOR_HEAD, "Giám đốc", "Phó Giám đốc"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (Signatory("A", None, SigningForm.FOR_COLLECTIVE, "Ủy ban nhân dân", "Chủ tịch"), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (Signatory("A", None, SigningForm.ACTING, "Hiệu trưởng"), ("Q. HIỆU TRƯỞNG",)),
    ],
)
def test_signing_lines_follow_decree_30_of_2020(signatory: Signatory, lines: tuple[str, ...]) -> None:
    assert signatory.signing_lines == lines
