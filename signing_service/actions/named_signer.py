"""Who a document names as its signer in a capacity."""

from dataclasses import dataclass

from signing_service.ids import PersonCode
from signing_service.records.awards.canonical import read_award_certificate, read_award_decision
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import SigningRole


@dataclass(frozen=True, slots=True)
class NamedSigner:
    """The person printed under the signature; the code is None where the record has none."""

    name: str
    code: PersonCode | None


def named_signer(kind: DocumentKind, role: SigningRole, record_json: bytes) -> NamedSigner:
    """The person whom the record names for a capacity that is a person's.

    Raises:
        InvalidInputError: the bytes are no record of that kind.
    """
    if kind is DocumentKind.AWARD_DECISION:
        signatory = read_award_decision(record_json).decision.signatory
        return NamedSigner(signatory.name, signatory.code)
    if kind is DocumentKind.AWARD_CERTIFICATE:
        signatory = read_award_certificate(record_json).certificate.signatory
        return NamedSigner(signatory.name, signatory.code)
    transcript = read_record(record_json).transcript
    member = transcript.homeroom_teacher if role is SigningRole.HOMEROOM_TEACHER else transcript.principal
    return NamedSigner(member.name, member.code)
