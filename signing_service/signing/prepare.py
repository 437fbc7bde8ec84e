"""Steps 5.1 to 5.3 of the issuance cycle: check everything, write the update, fix what will be signed. No key is touched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.form_tools import get_single_field_annot
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from signing_service.clock import VIETNAM
from signing_service.errors import RefusedError
from signing_service.ids import Sha256, sha256_of
from signing_service.signing.appearance import draw
from signing_service.signing.cms import signed_attributes
from signing_service.signing.eligibility import require_eligible
from signing_service.signing.fields import SignatureField, field_of
from signing_service.signing.hole import OpenRevision
from signing_service.signing.prepared import PreparedSignature
from signing_service.signing.revisions import AppendingWriter, filled_fields, open_head, require_turn, write_open
from signing_service.workflow.case import SigningRole

CMS_CAPACITY = 6144
"""Octets reserved for the CMS, of which ours takes 4,500; another authority's time-stamp may need more (an RSA-4096 chain: 10,240)."""


@dataclass(frozen=True, slots=True)
class SignatureRequest:
    """One signature wanted on one file; nothing in it has been believed yet.

    Attributes:
        head: the whole PDF as it stands now.
        head_sha256: digest of the file that the signer agreed to.
        role: the capacity the signer acts in; it decides the field.
        certificate: the signer's certificate (DER).
        chain: the authorities above it (DER), its issuer first, up to and including the root.
        ocsp: DER OCSPResponse about the signer's certificate, valid at `moment`.
        mark: one-page PDF that becomes the appearance of the field.
        moment: when (aware); becomes the claimed time `/M`.
        cms_capacity: octets kept free for the CMS.
    """

    head: bytes
    head_sha256: Sha256
    role: SigningRole
    certificate: bytes
    chain: tuple[bytes, ...]
    ocsp: bytes
    mark: bytes
    moment: datetime
    cms_capacity: int = CMS_CAPACITY


def prepare(request: SignatureRequest) -> PreparedSignature:
    """Check that this signature may be made, and fix every byte of it but the signature itself.

    The first field certifies the document (DocMDP P=2: fill in and sign, nothing else); the seal locks the fields that its /Lock names.

    Raises:
        RefusedError: the file is not the one agreed to (`head-moved`), not ours (`head-unreadable`), carries something unexpected
            (`head-unexpected`), it is not this field's turn (`wrong-order`, `field-filled`, `document-finished`, `field-missing`,
            `field-lock`), or the certificate may not sign it (see `require_eligible`).
        InvalidInputError: the mark is no PDF page (`mark-unreadable`).
    """
    # Step 5.1: is this the file that was agreed to, and is it this capacity's turn?
    if sha256_of(request.head) != request.head_sha256:
        raise RefusedError(
            "head-moved",
            vi="Tệp đã thay đổi kể từ khi người ký đồng ý; hãy xem lại và đồng ý lại.",
            en="The file has changed since the signer agreed to it; look again and agree again.",
        )
    field = field_of(request.role)
    writer = open_head(request.head)
    require_turn(request.head, filled_fields(writer), field)
    # Step 5.2: may this certificate sign it, now?
    require_eligible(field=field, certificate=request.certificate, chain=request.chain, ocsp=request.ocsp, moment=request.moment)
    # Step 5.3: write the update; from here on nothing in it depends on anything but the request.
    update = _written(writer, field, request)
    return PreparedSignature(
        field=field,
        update=update,
        signed_attributes=signed_attributes(update.digest, request.certificate),
        certificate=request.certificate,
        chain=request.chain,
        prepared_at=request.moment,
    )


def _written(writer: AppendingWriter, field: SignatureField, request: SignatureRequest) -> OpenRevision:
    certifies = not field.earlier
    if certifies:
        # PAdES structures in a PDF 1.7 are announced once (ETSI EN 319 142-1, 5.5).
        writer.register_extension(ESIC_EXTENSION_1)
    form_field = _form_field(writer, field)
    draw(writer, get_single_field_annot(form_field), request.mark)
    embedding = PdfCMSEmbedder().write_cms(field.value, writer, existing_fields_only=True)
    next(embedding)
    embedding.send(
        SigObjSetup(
            sig_placeholder=SignatureObject(
                timestamp=request.moment.astimezone(VIETNAM),
                subfilter=SigSeedSubFilter.PADES,
                bytes_reserved=2 * request.cms_capacity,
            ),
            mdp_setup=SigMDPSetup(
                md_algorithm="sha256",
                certify=certifies,
                docmdp_perms=MDPPerm.FILL_FORMS if certifies else None,
                field_lock=_lock(form_field, field),
            ),
        )
    )
    return write_open(embedding, request.head)


def _form_field(writer: AppendingWriter, field: SignatureField) -> Any:  # noqa: ANN401 pyHanko's PDF objects are untyped dictionaries
    for _, _, reference in enumerate_sig_fields(writer, with_name=field.value):
        return reference.get_object()
    raise RefusedError("field-missing", vi=f"Tệp không có ô chữ ký {field}.", en=f"The file has no signature field {field}.")


def _lock(form_field: Any, field: SignatureField) -> FieldMDPSpec | None:  # noqa: ANN401 see above
    """The lock that the renderer wrote into the field; the last signature has to lock every visible field by name, no other locks any."""
    lock = FieldMDPSpec.from_pdf_object(form_field["/Lock"]) if "/Lock" in form_field else None
    locked = (lock.action, tuple(map(str, lock.fields or ()))) if lock else None
    expected = (FieldMDPAction.INCLUDE, tuple(field.form)) if field.closes else None
    if locked != expected:
        raise RefusedError(
            "field-lock",
            vi=f"Quy định khóa của ô {field} trong tệp không đúng mẫu; không ký.",
            en=f"The lock of the field {field} in the file is not what the form asks for; it is not signed.",
        )
    return lock
