"""Step 6 of the issuance cycle: the only place where a key signs a document or a sheet."""

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from signing_service.errors import IntegrityError, RefusedError
from signing_service.ports import KeyPurpose, SigningKey
from signing_service.signing.eligibility import certificate_of
from signing_service.signing.signer_profile import checked_as
from signing_service.trust.signatures import signature_is_good


class Prepared(Protocol):
    """What a key may be asked to sign: checked and fixed before, good for one signature."""

    @property
    def certificate(self) -> bytes:
        """The signer's certificate (DER)."""
        ...

    @property
    def signed_attributes(self) -> bytes:
        """DER of what will be signed."""
        ...

    @property
    def key_purpose(self) -> KeyPurpose:
        """What the key must have been born for."""
        ...

    @property
    def claim(self) -> Lock:
        """Taken by the one signature that it is good for."""
        ...


@dataclass(frozen=True, slots=True)
class SignatureValue:
    """A signature over the prepared attributes, as a SignerInfo holds it: DER `Ecdsa-Sig-Value` (RFC 3279, 2.2.3), or the octets of RSA."""

    octets: bytes

    @property
    def message_imprint(self) -> bytes:
        """SHA-256 of the value: what the signature time-stamp is taken over (RFC 3161, appendix A)."""
        return hashlib.sha256(self.octets).digest()

    def to_bytes(self) -> bytes:
        """The form that is stored."""
        return self.octets

    @classmethod
    def from_bytes(cls, data: bytes) -> "SignatureValue":
        """What `to_bytes` stored; `embed` checks it against the certificate before it is used."""
        return cls(data)


def sign_prepared(prepared: Prepared, key: SigningKey) -> SignatureValue:
    """Sign once what was prepared; the value is checked before it is returned.

    A refusal of the key (closed, wrong PIN) leaves `prepared` unused.

    Raises:
        RefusedError: signed before or read back from a store (`prepared-used`), the key belongs to another certificate
            (`key-certificate-mismatch`), was born for another purpose (`key-purpose-mismatch`), or is closed (`key-closed`).
        IntegrityError: what the key returned is no signature of these bytes (`signature-invalid`).
    """
    if key.public_key != certificate_of(prepared.certificate).public_key:
        raise RefusedError(
            "key-certificate-mismatch",
            vi="Khóa không thuộc về chứng thư đã chuẩn bị ký.",
            en="The key does not belong to the certificate that the signature was prepared for.",
        )
    if not prepared.claim.acquire(blocking=False):
        raise RefusedError(
            "prepared-used",
            vi="Mỗi lần chuẩn bị chỉ ký được một lần, ngay lúc đó; hãy chuẩn bị lại.",
            en="What is prepared can be signed once, and not after it was read back from a store; prepare it again.",
        )
    try:
        value = SignatureValue(key.sign(prepared.signed_attributes, purpose=prepared.key_purpose))
        require_signature(prepared, value)
    except BaseException:
        prepared.claim.release()
        raise
    return value


def require_signature(prepared: Prepared, value: SignatureValue) -> None:
    """Make sure that `value` is the certificate's signature over the prepared attributes.

    Raises:
        IntegrityError: it is not (`signature-invalid`).
    """
    key, algorithm = certificate_of(prepared.certificate).public_key, checked_as(prepared.certificate)
    if not signature_is_good(key, algorithm, value.octets, prepared.signed_attributes):
        raise IntegrityError(
            "signature-invalid",
            vi="Giá trị chữ ký không khớp với chứng thư và nội dung đã chuẩn bị; không dùng được.",
            en="The signature value fits neither certificate nor prepared content; it is not used.",
        )
