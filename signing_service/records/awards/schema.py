"""JSON Schema 2020-12 of the award records, made from the dataclasses, so that the two cannot drift apart."""

from typing import Final

from signing_service.records.awards.certificate import AwardCertificateRecord
from signing_service.records.awards.decision import AwardDecisionRecord
from signing_service.records.jcs import JsonValue
from signing_service.records.schema import record_schema

AWARD_DECISION_SCHEMA: Final = "award-decision-record.schema.json"
AWARD_CERTIFICATE_SCHEMA: Final = "award-certificate-record.schema.json"

_CANONICAL: Final = "Canonical form: RFC 8785; a member without a value is left out."


def award_decision_schema() -> dict[str, JsonValue]:
    """The schema of the canonical JSON of an `AwardDecisionRecord`."""
    title = "Quyết định khen thưởng / Award decision record"
    return record_schema(AwardDecisionRecord, AWARD_DECISION_SCHEMA, title=title, description=_CANONICAL)


def award_certificate_schema() -> dict[str, JsonValue]:
    """The schema of the canonical JSON of an `AwardCertificateRecord`."""
    title = "Giấy khen, giấy chứng nhận danh hiệu / Award certificate record"
    return record_schema(AwardCertificateRecord, AWARD_CERTIFICATE_SCHEMA, title=title, description=_CANONICAL)
