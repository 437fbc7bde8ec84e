"""What a signature looks like on the page: a person's pen stroke, a red seal, a copying body's note. Drawn once per signer and kept."""

from datetime import datetime
from functools import lru_cache

from signing_service.records.awards.authority import IssuingAuthority, Signatory
from signing_service.records.awards.canonical import read_award_certificate, read_award_decision
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind
from signing_service.records.parties import Issuer
from signing_service.records.transcript import Transcript
from signing_service.rendering.document import AUTHORITY_FIELD, FIELD_SIZES_MM, TEACHER_FIELD
from signing_service.rendering.marks import render_copy_mark, render_seal_mark, render_signature_mark
from signing_service.workflow.case import SigningRole


class MarkDrawer:
    """Draws marks for the record that is being signed."""

    def mark(self, kind: DocumentKind, role: SigningRole, record_json: bytes, moment: datetime) -> bytes:
        """The one-page PDF that becomes the appearance of the role's field; `moment` (aware) is shown on copies only."""
        if kind in {DocumentKind.AWARD_DECISION, DocumentKind.AWARD_CERTIFICATE}:
            authority, signatory = _office(kind, record_json)
            return _office_seal(authority) if role is SigningRole.OFFICE_SEAL else _stroke(signatory.name, AUTHORITY_FIELD)
        transcript = read_record(record_json).transcript
        if role is SigningRole.COPYING_SEAL:
            return render_copy_mark("TRÍCH SAO", transcript.issuer.school_name, moment)
        if role is SigningRole.SCHOOL_SEAL:
            return _school_seal(transcript.issuer)
        return _stroke(_signer(transcript, role), TEACHER_FIELD)


def _signer(transcript: Transcript, role: SigningRole) -> str:
    return (transcript.homeroom_teacher if role is SigningRole.HOMEROOM_TEACHER else transcript.principal).name


def _office(kind: DocumentKind, record_json: bytes) -> tuple[IssuingAuthority, Signatory]:
    if kind is DocumentKind.AWARD_DECISION:
        decision = read_award_decision(record_json).decision
        return decision.authority, decision.signatory
    certificate = read_award_certificate(record_json).certificate
    return certificate.authority, certificate.signatory


@lru_cache(maxsize=64)
def _school_seal(issuer: Issuer) -> bytes:
    return render_seal_mark(f"{issuer.commune} - {issuer.province}", issuer.school_name)


@lru_cache(maxsize=64)
def _office_seal(authority: IssuingAuthority) -> bytes:
    return render_seal_mark(authority.superior or authority.province, authority.name)


@lru_cache(maxsize=64)
def _stroke(name: str, field: str) -> bytes:
    width, height = FIELD_SIZES_MM[field]
    return render_signature_mark(name, width_mm=width, height_mm=height)
