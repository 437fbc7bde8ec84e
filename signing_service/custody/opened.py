"""A private key while it is open: it signs for its purpose, and can neither be read nor carried away."""

from typing import NoReturn

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from signing_service.custody.material import PrivateKey
from signing_service.custody.pin import not_copyable
from signing_service.errors import RefusedError
from signing_service.ids import KeyId
from signing_service.ports import KeyAlgorithm, KeyPurpose, PublicKey


class OpenedKey:
    """A `SigningKey` until `close`. Python cannot promise that no copy of the key stays in freed memory; SECURITY.md says so."""

    __slots__ = ("_algorithm", "_private", "_public", "key_id", "purpose")

    def __init__(self, key_id: KeyId, purpose: KeyPurpose, algorithm: KeyAlgorithm, private: PrivateKey) -> None:
        """Take the key; only `Custody` does."""
        self.key_id = key_id
        self.purpose = purpose
        self._algorithm = algorithm
        self._public: PublicKey = private.public_key()
        self._private: PrivateKey | None = private

    @property
    def public_key(self) -> PublicKey:
        """The matching public key, also after closing."""
        return self._public

    def sign(self, message: bytes, *, purpose: KeyPurpose) -> bytes:
        """Sign; see `SigningKey.sign`."""
        if purpose is not self.purpose:
            raise RefusedError(
                "key-purpose-mismatch",
                vi="Khóa này không dùng cho việc này.",
                en="This key is not for this use.",
            )
        private = self._private
        if private is None:
            raise RefusedError(
                "key-closed",
                vi="Khóa đã đóng; mỗi lần ký phải mở lại bằng mã PIN.",
                en="The key is closed; it is opened anew, with the PIN, for every act of signing.",
            )
        if isinstance(private, Ed25519PrivateKey):
            return private.sign(message)
        if isinstance(private, RSAPrivateKey):
            return private.sign(message, self._padding(), hashes.SHA256())
        return private.sign(message, ECDSA(hashes.SHA256()))

    def _padding(self) -> padding.AsymmetricPadding:
        if self._algorithm is KeyAlgorithm.RSA_3072_PSS:
            return padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
        return padding.PKCS1v15()

    def close(self) -> None:
        """Let go of the private key; every later `sign` is refused."""
        self._private = None

    def __repr__(self) -> str:
        return f"OpenedKey({self.key_id}, {self.purpose})"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise not_copyable()
