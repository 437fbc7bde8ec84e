"""What both sides work on: one certified staff, one record with its link, and the documents made from it."""

from dataclasses import dataclass, replace

from signing_service.ids import ShortCode, new_record_id
from signing_service.records.canonical import canonical_bytes
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.marks import render_seal_mark, render_signature_mark
from signing_service.rendering.transcript import render_transcript
from signing_service.signing.material import ValidationMaterial
from signing_service.workflow.case import SigningRole
from tests.pki_factory import ExamplePki, Identity, example_pki
from tests.records_factory import example_record, example_transcript
from tests.signing.case import HOMEROOM_TEACHER, PRINCIPAL

LINK = PrintedLink("http://ho-so.truong-vi-du.invalid/v/0123456789abcdefghjkmnpqrstvwxyz", ShortCode("0123-4567-89AB"))


@dataclass(frozen=True)
class Signer:
    """A signer with everything needed to sign at once: marks are drawn and OCSP answers fetched beforehand, on both sides."""

    role: SigningRole
    field: str
    identity: Identity
    ocsp: bytes
    mark: bytes


@dataclass(frozen=True)
class Bench:
    """The infrastructure and three signers."""

    pki: ExamplePki
    signers: tuple[Signer, ...]
    crls: tuple[bytes, ...]

    def validation(self) -> ValidationMaterial:
        """What finishing needs; the answers about the signers are asked for now, after they signed."""
        certificates = (*(s.identity.certificate for s in self.signers), self.pki.tsa.certificate, self.pki.ocsp.certificate)
        answers = tuple(self.pki.responder.response_for(s.identity.certificate) for s in self.signers)
        return ValidationMaterial(certificates=(*certificates, *self.pki.chain), ocsps=answers, crls=self.crls)


def bench() -> Bench:
    """A fresh infrastructure with three signers."""
    pki = example_pki()
    answer = pki.responder.response_for
    teacher, principal = render_signature_mark("Nguyễn Thị Ví Dụ"), render_signature_mark("Y Blŏ Niê Ví Dụ")
    seal = render_seal_mark("Sở Giáo dục và Đào tạo Ví Dụ", "Trường THCS Ví Dụ")
    signers = (
        Signer(SigningRole.HOMEROOM_TEACHER, "GVCN", pki.homeroom, answer(pki.homeroom.certificate), teacher),
        Signer(SigningRole.PRINCIPAL, "HT", pki.principal, answer(pki.principal.certificate), principal),
        Signer(SigningRole.SCHOOL_SEAL, "DAU", pki.seal, answer(pki.seal.certificate), seal),
    )
    return Bench(pki, signers, pki.revocation_lists())


def rendered() -> RenderedDocument:
    """The record under a new identity, naming those who sign it, rendered: no two documents are the same."""
    transcript = example_transcript(homeroom_teacher=HOMEROOM_TEACHER, principal=PRINCIPAL)
    record = replace(example_record(transcript=transcript), record_id=new_record_id())
    return render_transcript(record, LINK, record_json=canonical_bytes(record))
