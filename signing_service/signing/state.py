"""How far a file has come, read from its bytes alone: what recovery trusts when rows and files disagree."""

from dataclasses import dataclass

from signing_service.signing.cms import signer_of
from signing_service.signing.fields import DOCUMENT_TIMESTAMP_FIELD, SignatureField
from signing_service.signing.revisions import filled_fields, open_pdf


@dataclass(frozen=True, slots=True)
class SignatureState:
    """The signatures that stand in a file, in the order of signing, and whether the document time-stamp has closed it."""

    filled: tuple[SignatureField, ...]
    finished: bool


def signature_state(pdf: bytes) -> SignatureState:
    """Which fields of the file are filled. It says nothing about whether the signatures are valid.

    Raises:
        RefusedError: not a file of this service (`head-unreadable`).
    """
    names = {field.name for field in filled_fields(open_pdf(pdf))}
    return SignatureState(tuple(field for field in SignatureField if field.value in names), DOCUMENT_TIMESTAMP_FIELD in names)


def signer_certificates(pdf: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) of people and seals that signed the file, in the order of signing, each once.

    Raises:
        RefusedError: not a file of this service (`head-unreadable`).
    """
    by_name = {field.name: field for field in filled_fields(open_pdf(pdf))}
    return tuple(dict.fromkeys(signer_of(by_name[field.value].container) for field in SignatureField if field.value in by_name))
