"""The award documents that these tests look at."""

from dataclasses import replace
from functools import lru_cache

from signing_service.records.awards.canonical import award_bytes
from signing_service.records.awards.certificate import AwardCertificateRecord
from signing_service.records.awards.decision import AwardDecisionRecord
from signing_service.rendering.award_certificate import render_award_certificate
from signing_service.rendering.award_decision import render_award_decision
from signing_service.rendering.document import RenderedDocument
from tests.award_factory import example_certificate_record, example_decision_record
from tests.rendering.documents import LINK


def certificate_of(record: AwardCertificateRecord) -> RenderedDocument:
    return render_award_certificate(record, LINK, record_json=award_bytes(record))


def decision_of(record: AwardDecisionRecord) -> RenderedDocument:
    return render_award_decision(record, LINK, record_json=award_bytes(record))


@lru_cache(maxsize=1)
def example_certificate() -> RenderedDocument:
    return certificate_of(example_certificate_record())


def full_decision_record() -> AwardDecisionRecord:
    """The example with as many lines as a real decision has: 15 collectives and 44 persons."""
    record = example_decision_record()
    lines = record.decision
    collectives = tuple(replace(lines.collectives[n % 2], number=n + 1) for n in range(15))
    individuals = tuple(replace(lines.individuals[n % 5], number=n + 1) for n in range(44))
    return replace(record, decision=replace(lines, collectives=collectives, individuals=individuals))


@lru_cache(maxsize=1)
def full_decision() -> RenderedDocument:
    return decision_of(full_decision_record())
