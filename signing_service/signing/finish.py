"""Step 10 of the issuance cycle: one security store, one document time-stamp, and the file is B-LTA for good."""

from asn1crypto import crl, ocsp
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing_service.errors import UnavailableError
from signing_service.signing.cms import parsed, signer_of, timestamp_of
from signing_service.signing.fields import DOCUMENT_TIMESTAMP_FIELD
from signing_service.signing.material import SignedMoment, ValidationMaterial, require_complete
from signing_service.signing.revisions import filled_fields, open_head, require_turn, write_open
from signing_service.signing.stamps import stamp_over
from signing_service.timestamping.client import Timestamper
from signing_service.trust.timestamps import read_timestamp

TOKEN_CAPACITY = 4096
"""Octets reserved for the document time-stamp, of which our authority's takes 2,300."""


def finish(
    head: bytes,
    material: ValidationMaterial,
    timestamper: Timestamper,
    *,
    detached: tuple[bytes, ...] = (),
    token_capacity: int = TOKEN_CAPACITY,
) -> bytes:
    """The whole finished file: `head` and one last revision that makes every signature in it B-LTA (ETSI EN 319 142-1, 6.1).

    `detached` are the CMS of signatures over what the file carries, such as subject sheets: the material has to speak of their signers too.

    Raises:
        RefusedError: not every signature of the form stands, or something was appended after the seal (`wrong-order`, `document-finished`,
            `head-unexpected`, `head-unreadable`), or a certificate is revoked (`certificate-revoked`).
        UnavailableError: certificates or revocation answers are missing or too old (`validation-material-incomplete`), or no time-stamp can
            be had (`timestamp-unavailable`, `timestamp-order`). Nothing weaker is ever written.
        IntegrityError: the time-stamp is over something else (`timestamp-mismatch`).
    """
    # Step 10.1: exactly the signatures of the form, and nothing after them.
    writer = open_head(head)
    filled = filled_fields(writer)
    require_turn(head, filled, None)
    # Step 10.2: everything that a verifier will ask for is there and young enough.
    stamps = [(signer_of(field.container), read_timestamp(timestamp_of(field.container))) for field in filled]
    signed = [SignedMoment(signer, stamp.time) for signer, stamp in stamps]
    carried = [(signer_of(container), read_timestamp(timestamp_of(container))) for container in dict.fromkeys(detached)]
    listed = [SignedMoment(signer, stamp.time) for signer, stamp in carried]
    authorities = dict.fromkeys(stamp.signer for _, stamp in (*stamps, *carried))
    newest = max(signature.moment for signature in (*signed, *listed))
    require_complete(material, signed, authorities, now=newest, listed=listed)
    # Step 10.3: the store. Without VRI entries: they would only repeat it, and nobody needs them (ETSI EN 319 142-1, 5.4.2.2).
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        certs=map(parsed, dict.fromkeys(material.certificates)),
        ocsps=map(ocsp.OCSPResponse.load, dict.fromkeys(material.ocsps)),
        crls=map(crl.CertificateList.load, dict.fromkeys(material.crls)),
    )
    # Step 10.4: the document time-stamp over everything, the store included, in the same revision.
    embedding = PdfCMSEmbedder(
        SigFieldSpec(DOCUMENT_TIMESTAMP_FIELD, invis_sig_settings=InvisSigSettings(), readable_field_name="Dấu thời gian lưu trữ")
    ).write_cms(DOCUMENT_TIMESTAMP_FIELD, writer)
    next(embedding)
    placeholder = DocumentTimestamp(bytes_reserved=2 * token_capacity)  # type: ignore[no-untyped-call] # pyHanko gives it no types
    embedding.send(SigObjSetup(sig_placeholder=placeholder))
    update = write_open(embedding, head)
    token = timestamper.token(update.digest)
    last = stamp_over(update.digest, token)
    if last.time < newest:
        raise UnavailableError(
            "timestamp-order",
            vi="Dấu thời gian lưu trữ sớm hơn dấu thời gian của chữ ký; đồng hồ của dịch vụ bị lùi, hồ sơ chờ.",
            en="The document time-stamp is earlier than a signature's: the service's clock went back; the case waits.",
        )
    if last.signer not in authorities:
        # The authority changed its certificate meanwhile; what speaks of the new one has to stand in the store just covered.
        require_complete(material, (), (last.signer,), now=last.time)
    return update.filled(head, token)
