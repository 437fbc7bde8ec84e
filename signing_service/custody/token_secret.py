"""The server secret in a PKCS#11 token: AES keys that the token uses and never gives away."""

import secrets
from pathlib import Path
from threading import Lock
from typing import Any

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, MechanismFlag, ObjectClass, exceptions

from signing_service.custody.server_secret import seal_broken, version_missing
from signing_service.errors import UnavailableError

_LABEL = "signing-service server secret"
_VERSION_LENGTH, _NONCE_LENGTH, _TAG_BITS = 4, 12, 128

_REFUSED_CIPHERTEXT = (
    exceptions.GeneralError,
    exceptions.FunctionFailed,
    exceptions.DataInvalid,
    exceptions.DataLenRange,
    exceptions.EncryptedDataInvalid,
    exceptions.EncryptedDataLenRange,
    exceptions.ArgumentsBad,
    exceptions.MechanismParamInvalid,
)
"""PKCS#11 has no one answer for a wrong tag: tokens differ (SoftHSM says CKR_GENERAL_ERROR)."""


class Pkcs11ServerSecret:
    """One AES-256 key a version, sensitive and not extractable; sealing and opening (AES-GCM) happen inside the token.

    A token session is used by one thread at a time, so calls queue up behind a lock.
    """

    def __init__(self, library: Path, token_label: str, user_pin: str) -> None:
        """Log in to the token by its PKCS#11 library; the first use of an empty token makes version 1.

        Raises:
            UnavailableError: library, token or login fails (`server-secret-token`).
        """
        self._lock = Lock()
        try:
            self._session: Any = pkcs11.lib(str(library)).get_token(token_label=token_label).open(user_pin=user_pin, rw=True)
            self._keys = self._find()
            if not self._keys:
                self._generate(1)
        except RuntimeError:  # of PKCS11Error and of what a library that cannot be loaded raises, the common parent
            raise _token_unavailable() from None

    def close(self) -> None:
        """Log out."""
        with self._lock:
            self._session.close()

    @property
    def current_version(self) -> int:
        """The newest version."""
        return max(self._keys)

    def rotate(self) -> int:
        """Make a key of the next version in the token and return its number; the older ones stay until `retire`."""
        with self._lock:
            self._generate(self.current_version + 1)
        return self.current_version

    def retire(self) -> None:
        """Destroy every version but the newest, once every sealed key and every backup worth keeping is sealed anew."""
        with self._lock:
            for version in set(self._keys) - {self.current_version}:
                self._keys.pop(version).destroy()

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Version ‖ nonce ‖ ciphertext with tag."""
        head = self.current_version.to_bytes(_VERSION_LENGTH, "big")
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        parameters = GCMParams(nonce, head + context, _TAG_BITS)
        try:
            with self._lock:
                sealed = self._keys[self.current_version].encrypt(plaintext, mechanism=Mechanism.AES_GCM, mechanism_param=parameters)
        except exceptions.PKCS11Error:
            raise _token_unavailable() from None
        return head + nonce + bytes(sealed)

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        """The plaintext; see `ServerSecret.unseal`.

        Raises:
            UnavailableError: the token does not answer (`server-secret-token`).
        """
        head, rest = envelope[:_VERSION_LENGTH], envelope[_VERSION_LENGTH:]
        key = self._keys.get(int.from_bytes(head, "big"))
        if key is None:
            raise version_missing()
        if len(rest) < _NONCE_LENGTH + _TAG_BITS // 8:
            raise seal_broken()
        parameters = GCMParams(rest[:_NONCE_LENGTH], head + context, _TAG_BITS)
        try:
            with self._lock:
                return bytes(key.decrypt(rest[_NONCE_LENGTH:], mechanism=Mechanism.AES_GCM, mechanism_param=parameters))
        except _REFUSED_CIPHERTEXT:
            raise seal_broken() from None
        except exceptions.PKCS11Error:
            raise _token_unavailable() from None

    def _find(self) -> dict[int, Any]:
        wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: _LABEL}
        return {int.from_bytes(key.id, "big"): key for key in self._session.get_objects(wanted)}

    def _generate(self, version: int) -> None:
        self._keys[version] = self._session.generate_key(
            KeyType.AES,
            256,
            label=_LABEL,
            id=version.to_bytes(_VERSION_LENGTH, "big"),
            store=True,
            capabilities=MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT,
            template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
        )


def _token_unavailable() -> UnavailableError:
    return UnavailableError(
        "server-secret-token",
        vi="Không dùng được thiết bị PKCS#11 giữ bí mật máy chủ; kiểm tra thiết bị, nhãn và mã PIN của thiết bị.",
        en="The PKCS#11 token with the server secret cannot be used; check the token, its label and its PIN.",
    )
