"""From a PIN to a key, as slowly as a person can bear (argon2id, RFC 9106)."""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from signing_service.custody.pin import Pin

_KEY_LENGTH = 32
_SALT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """Cost of one guess. The default is the second recommendation of RFC 9106, 4, on one lane: about a quarter of a second."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class PinHardening:
    """How the PIN of one key becomes the key of its inner seal: the cost, and 16 random octets of salt."""

    parameters: Argon2Parameters
    salt: bytes

    @classmethod
    def fresh(cls, parameters: Argon2Parameters) -> "PinHardening":
        """With a new random salt."""
        return cls(parameters, secrets.token_bytes(_SALT_LENGTH))

    def key(self, pin: Pin) -> bytes:
        """The 32-octet key."""
        cost = self.parameters
        kdf = Argon2id(salt=self.salt, length=_KEY_LENGTH, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
        return kdf.derive(pin.octets())
