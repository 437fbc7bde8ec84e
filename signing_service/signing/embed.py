"""Step 8 of the issuance cycle: signature and time-stamp go into the hole; the result is the document's next head."""

from signing_service.signing.cms import signed_data
from signing_service.signing.prepared import PreparedSignature
from signing_service.signing.sign import SignatureValue, require_signature
from signing_service.signing.stamps import stamp_over


def embed(prepared: PreparedSignature, base: bytes, value: SignatureValue, timestamp_token: bytes) -> bytes:
    """The whole signed file. The same arguments give the same bytes, so a crash before or after it costs nothing.

    Args:
        prepared: what was signed.
        base: the file it was prepared for.
        value: the stored signature value.
        timestamp_token: DER ContentInfo of an RFC 3161 token over `value.message_imprint`.

    Raises:
        IntegrityError: the file is another (`base-differs`), the value does not fit (`signature-invalid`), the token is over something else
            or is broken (`timestamp-mismatch`, `timestamp-broken`), or the prepared bytes were changed (`prepared-tampered`).
        InvalidInputError: the token is none (`timestamp-unreadable`).
        UnavailableError: the CMS does not fit into the reserved room (`signature-too-large`).
    """
    require_signature(prepared, value)
    stamp_over(value.message_imprint, timestamp_token)
    container = signed_data(
        attributes=prepared.signed_attributes,
        value=value.octets,
        certificate=prepared.certificate,
        chain=prepared.chain,
        timestamp_token=timestamp_token,
    )
    return prepared.update.filled(base, container)
