"""Do all the signatures stand that the document's form asks for, in their order, and each by a certificate of whom the field is for?

A signature may be right and still not make the document: a file that was returned before it was sealed, or that one signer of several
drew up alone, is nobody's issued document.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509

from signing_service.ports import KeyPurpose
from signing_service.records.awards.decision import AwardDecisionRecord
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import TranscriptRecord
from signing_service.trust.certificates import MALFORMED
from signing_service.trust.names import attribute
from signing_service.verification.facts import SignatureFacts
from signing_service.verification.record_kinds import ExtractRecord, Record
from signing_service.verification.report import SignatureReport
from signing_service.workflow.case import SigningRole, route

_ARC: Final = "2.25.228036952920300705678945559579208090267.1."
_PURPOSES: Final = {
    **dict.fromkeys((f"{_ARC}1", f"{_ARC}11", f"{_ARC}21"), KeyPurpose.PERSON_SIGNATURE),
    **dict.fromkeys((f"{_ARC}2", f"{_ARC}12", f"{_ARC}22"), KeyPurpose.ORGANISATION_SEAL),
}
"""The policies of keys/profiles, written out: a plain install verifies without the authorities."""


def form_problems(
    kind: DocumentKind, record: Record | ExtractRecord, everyone: Sequence[tuple[SignatureFacts, SignatureReport]]
) -> Iterator[str]:
    """Stable codes of what keeps the signatures from being those of the form. A signature in a field of no form is not judged here."""
    signed = [(SigningRole(report.role), facts) for facts, report in everyone if report.role is not None]
    signed.sort(key=lambda one: one[1].end or 0)
    roles = tuple(role for role, _ in signed)
    asked = route(kind)
    if not set(roles) <= set(asked):
        yield "signature-of-another-form"
    elif not set(asked) <= set(roles):
        yield "signature-of-form-missing"
    elif roles != asked:
        yield "signatures-out-of-order"
    for role, facts in signed:
        if facts.container is not None:
            yield from _holder_problems(facts.container.signer, role, record)


def _holder_problems(signer: bytes, role: SigningRole, record: Record | ExtractRecord) -> Iterator[str]:
    purpose = _purpose(signer)
    if purpose is not None and purpose is not (KeyPurpose.ORGANISATION_SEAL if role.is_seal else KeyPurpose.PERSON_SIGNATURE):
        yield "certificate-of-another-kind"
    elif not _is_named(signer, role, record):
        yield "signer-not-named"


def _purpose(signer: bytes) -> KeyPurpose | None:
    """What our own profiles say the certificate is for; None of another authority's."""
    try:
        policies = x509.load_der_x509_certificate(signer).extensions.get_extension_for_class(x509.CertificatePolicies).value
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return None
    return next((purpose for policy in policies if (purpose := _PURPOSES.get(policy.policy_identifier.dotted_string))), None)


def _is_named(signer: bytes, role: SigningRole, record: Record | ExtractRecord) -> bool:
    """Whether the certificate is that of whom the record names: by the code of person or unit, and by name where a person has none."""
    if isinstance(record, ExtractRecord):
        # It carries what was copied, and the copying body only on its pages.
        return True
    name, code = _named(role, record)
    try:
        subject = asn1_x509.Certificate.load(signer).subject
        return attribute(subject, "common_name") == name if code is None else attribute(subject, "serial_number") == code
    except MALFORMED:
        return False


def _named(role: SigningRole, record: Record) -> tuple[str, str | None]:
    """Name and code of whom the record names for a capacity."""
    if isinstance(record, TranscriptRecord):
        transcript = record.transcript
        if role.is_seal:
            return transcript.issuer.school_name, transcript.issuer.school_code
        member = transcript.homeroom_teacher if role is SigningRole.HOMEROOM_TEACHER else transcript.principal
        return member.name, member.code
    award = record.decision if isinstance(record, AwardDecisionRecord) else record.certificate
    return (award.authority.name, award.authority.code) if role.is_seal else (award.signatory.name, award.signatory.code)
