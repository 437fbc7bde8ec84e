"""One transcript on its way through the three signatures, with every part replaceable."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from signing_service.ids import PersonCode, ShortCode, sha256_of
from signing_service.records.canonical import canonical_bytes
from signing_service.records.kinds import DocumentKind
from signing_service.records.parties import StaffMember
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.marks import render_seal_mark, render_signature_mark
from signing_service.rendering.transcript import render_transcript
from signing_service.signing.embed import embed
from signing_service.signing.material import ValidationMaterial
from signing_service.signing.prepare import SignatureRequest, prepare
from signing_service.signing.sign import sign_prepared
from signing_service.workflow.case import SigningRole, route
from tests.pki_factory import BASE_URL, ExamplePki, Identity
from tests.records_factory import example_record, example_transcript

ROLES = route(DocumentKind.TRANSCRIPT)


HOMEROOM_TEACHER = StaffMember("Nguyễn Thị Ví Dụ", PersonCode("GV-0001"), title="Giáo viên")
PRINCIPAL = StaffMember("Y Blŏ Niê Ví Dụ", PersonCode("GV-0002"), title="Hiệu trưởng")
"""Those whose certificates `pki_factory` makes."""


def rendered() -> bytes:
    """The unsigned document, as the service renders it; it names those who sign it here."""
    record = example_record(transcript=example_transcript(homeroom_teacher=HOMEROOM_TEACHER, principal=PRINCIPAL))
    link = PrintedLink(f"{BASE_URL}/v/0123456789abcdefghjkmnpqrstvwxyz", ShortCode("ABCD-EFGH-JKMN"))
    return render_transcript(record, link, record_json=canonical_bytes(record)).pdf


@dataclass(frozen=True, slots=True)
class SigningCase:
    """The people of an example school, and what they do."""

    pki: ExamplePki

    def identity(self, role: SigningRole) -> Identity:
        return {
            SigningRole.HOMEROOM_TEACHER: self.pki.homeroom,
            SigningRole.PRINCIPAL: self.pki.principal,
            SigningRole.SCHOOL_SEAL: self.pki.seal,
        }[role]

    def request(self, head: bytes, role: SigningRole, **changes: Any) -> SignatureRequest:
        """What is asked for in the ordinary course; `changes` replace parts of it."""
        signer = self.identity(role)
        seal = role is SigningRole.SCHOOL_SEAL
        request = SignatureRequest(
            head=head,
            head_sha256=sha256_of(head),
            role=role,
            certificate=signer.certificate,
            chain=self.pki.chain,
            ocsp=self.pki.responder.response_for(signer.certificate),
            mark=render_seal_mark("Xã Ví Dụ", "Trường THCS Ví Dụ") if seal else render_signature_mark(f"Người Ký {role}"),
            moment=datetime.now(UTC),
        )
        return replace(request, **changes)

    def signed(self, head: bytes, role: SigningRole) -> bytes:
        """The next head."""
        prepared = prepare(self.request(head, role))
        value = sign_prepared(prepared, self.identity(role).key)
        return embed(prepared, head, value, self.pki.timestamper.token(value.message_imprint))

    def material(self, **changes: Any) -> ValidationMaterial:
        """Everything that finishing asks for, made now; `changes` replace parts of it."""
        pki = self.pki
        signers = tuple(self.identity(role).certificate for role in ROLES)
        material = ValidationMaterial(
            certificates=(*signers, *pki.chain, pki.tsa.certificate, pki.ocsp.certificate),
            ocsps=tuple(map(pki.responder.response_for, signers)),
            crls=pki.revocation_lists(),
        )
        return replace(material, **changes)
