"""What each kind of certificate may be: read from `keys/profiles/*.toml`, checked, frozen."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from signing_service.errors import InvalidInputError
from signing_service.ports import KeyAlgorithm, KeyPurpose
from signing_service.shipped import shipped_path


class KeyUsage(StrEnum):
    """The bits of RFC 5280, 4.2.1.3 that our profiles use; contentCommitment is the later name of nonRepudiation."""

    CONTENT_COMMITMENT = "content-commitment"
    DIGITAL_SIGNATURE = "digital-signature"
    CERTIFICATE_SIGNING = "certificate-signing"
    CRL_SIGNING = "crl-signing"


class ExtendedUsage(StrEnum):
    """The extended key usages that our profiles use."""

    TIME_STAMPING = "time-stamping"
    OCSP_SIGNING = "ocsp-signing"


LONGEST_VALIDITY = {
    KeyPurpose.ROOT_CA: timedelta(days=25 * 365),
    KeyPurpose.ISSUING_CA: timedelta(days=10 * 365),
    KeyPurpose.TIMESTAMPING: timedelta(days=5 * 365),
    KeyPurpose.PERSON_SIGNATURE: timedelta(days=3 * 365),
    KeyPurpose.ORGANISATION_SEAL: timedelta(days=3 * 365),
    KeyPurpose.OCSP_RESPONDER: timedelta(days=100),
}
"""No profile file may go beyond these; they stand in code so that editing a file cannot stretch them."""

_AUTHORITY_USAGES = frozenset({KeyUsage.CERTIFICATE_SIGNING, KeyUsage.CRL_SIGNING})
_USAGES = {
    KeyPurpose.ROOT_CA: _AUTHORITY_USAGES,
    KeyPurpose.ISSUING_CA: _AUTHORITY_USAGES,
    KeyPurpose.TIMESTAMPING: frozenset({KeyUsage.DIGITAL_SIGNATURE}),
    KeyPurpose.OCSP_RESPONDER: frozenset({KeyUsage.DIGITAL_SIGNATURE}),
    KeyPurpose.PERSON_SIGNATURE: frozenset({KeyUsage.CONTENT_COMMITMENT}),
    KeyPurpose.ORGANISATION_SEAL: frozenset({KeyUsage.CONTENT_COMMITMENT}),
}
_EXTENDED_USAGES = {
    KeyPurpose.TIMESTAMPING: ExtendedUsage.TIME_STAMPING,
    KeyPurpose.OCSP_RESPONDER: ExtendedUsage.OCSP_SIGNING,
}


_P_256_ONLY = frozenset({KeyAlgorithm.P_256})
_OF_SIGNERS = _P_256_ONLY | {KeyAlgorithm.RSA_3072_PKCS1, KeyAlgorithm.RSA_3072_PSS}
_ALGORITHMS = {KeyPurpose.PERSON_SIGNATURE: _OF_SIGNERS, KeyPurpose.ORGANISATION_SEAL: _OF_SIGNERS}
"""Tokens of licensed authorities often hold RSA keys only, so people and organisations may have them; our own authorities need none."""


@dataclass(frozen=True, slots=True)
class CertificateProfile:
    """One kind of certificate. `algorithm` is the only kind of key that it certifies.

    `issuer` is the purpose of the only key that may sign it (its own for the root). `policy` is a dotted OID or None. The flags tell which
    addresses the certificate carries and whether its own revocation is asked about (`id-pkix-ocsp-nocheck`, RFC 6960, 4.2.2.2.1).
    """

    name: str
    key_purpose: KeyPurpose
    algorithm: KeyAlgorithm
    issuer: KeyPurpose
    validity: timedelta
    path_length: int | None
    key_usage: frozenset[KeyUsage]
    extended_key_usage: ExtendedUsage | None
    policy: str | None
    points_to_issuer: bool
    points_to_ocsp: bool
    points_to_crl: bool
    ocsp_no_check: bool

    @property
    def is_authority(self) -> bool:
        """Whether the certificate may sign certificates."""
        return self.key_purpose in {KeyPurpose.ROOT_CA, KeyPurpose.ISSUING_CA}


@cache
def certificate_profile(name: str) -> CertificateProfile:
    """The shipped profile of that name, such as `person` or `seal-rsa-3072-pss`.

    Raises:
        InvalidInputError: no such profile (`certificate-profile-unknown`), or its file breaks a rule (`certificate-profile-invalid`).
    """
    path = next((path for path in shipped_path("keys", "profiles").glob("*.toml") if path.stem == name), None)
    if path is None:
        raise InvalidInputError(
            "certificate-profile-unknown",
            vi="Không có mẫu chứng thư này trong keys/profiles.",
            en="There is no certificate profile of this name in keys/profiles.",
        )
    return parse_profile(path.read_text(encoding="utf-8"))


@cache
def profiles_by_policy() -> dict[str, CertificateProfile]:
    """The shipped profiles of signers by their policy: what a signer's certificate says about its kind, padding included."""
    names = sorted(path.stem for path in shipped_path("keys", "profiles").glob("*.toml"))
    signers = (profile for profile in map(certificate_profile, names) if profile.key_purpose in _ALGORITHMS)
    return {profile.policy: profile for profile in signers if profile.policy is not None}


def parse_profile(text: str) -> CertificateProfile:
    """Read one profile file.

    Raises:
        InvalidInputError: the file is not such a profile or asks for more than its purpose allows (`certificate-profile-invalid`).
    """
    try:
        profile = _read(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as problem:
        raise _invalid(str(problem)) from None
    for broken, rule in (
        (not timedelta() < profile.validity <= LONGEST_VALIDITY[profile.key_purpose], "validity-days"),
        (profile.key_usage != _USAGES[profile.key_purpose], "key-usage"),
        (profile.extended_key_usage != _EXTENDED_USAGES.get(profile.key_purpose), "extended-key-usage"),
        (profile.is_authority != (profile.path_length is not None), "path-length"),
        (profile.algorithm not in _ALGORITHMS.get(profile.key_purpose, _P_256_ONLY), "algorithm"),
        (profile.issuer not in {KeyPurpose.ROOT_CA, KeyPurpose.ISSUING_CA}, "issuer"),
        (profile.ocsp_no_check != (profile.key_purpose is KeyPurpose.OCSP_RESPONDER), "ocsp-no-check"),
    ):
        if broken:
            raise _invalid(rule)
    return profile


def _read(file: dict[str, Any]) -> CertificateProfile:
    file.pop("who")
    file.pop("why")
    extended = file.pop("extended-key-usage")
    profile = CertificateProfile(
        name=file.pop("name"),
        key_purpose=KeyPurpose(file.pop("key-purpose")),
        algorithm=KeyAlgorithm(file.pop("algorithm")),
        issuer=KeyPurpose(file.pop("issuer")),
        validity=timedelta(days=file.pop("validity-days")),
        path_length=file.pop("path-length", None),
        key_usage=frozenset(KeyUsage(usage) for usage in file.pop("key-usage")),
        extended_key_usage=ExtendedUsage(extended[0]) if extended else None,
        policy=file.pop("policy", None),
        points_to_issuer=file.pop("points-to-issuer"),
        points_to_ocsp=file.pop("points-to-ocsp"),
        points_to_crl=file.pop("points-to-crl"),
        ocsp_no_check=file.pop("ocsp-no-check"),
    )
    if file or len(extended) > 1:
        raise _invalid(", ".join(sorted(file)) or "extended-key-usage")
    return profile


def _invalid(rule: str) -> InvalidInputError:
    return InvalidInputError(
        "certificate-profile-invalid",
        vi=f"Tệp mẫu chứng thư không hợp lệ: {rule}.",
        en=f"The certificate profile file is invalid: {rule}.",
    )
