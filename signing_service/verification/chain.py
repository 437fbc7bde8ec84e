"""Whether a certificate leads to an anchor that the caller chose, through certificates at hand (RFC 5280, 6.1, our part of it)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from cryptography import x509

from signing_service.errors import InvalidInputError
from signing_service.trust.certificates import MALFORMED, Certificate, read_certificate

_LONGEST: Final = 8
_MOST_OF_ONE_NAME: Final = 3
_MOST_CHECKS: Final = 60
_UNDERSTOOD: Final = frozenset({x509.BasicConstraints.oid, x509.KeyUsage.oid, x509.ExtendedKeyUsage.oid, x509.CertificatePolicies.oid})
_TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
_FOR_DOCUMENTS: Final = frozenset(
    {
        "2.5.29.37.0",  # anyExtendedKeyUsage
        "1.3.6.1.5.5.7.3.4",  # emailProtection, which most document certificates carry
        "1.3.6.1.5.5.7.3.36",  # documentSigning, RFC 9336
        "1.3.6.1.4.1.311.10.3.12",  # Microsoft document signing
        "1.2.840.113583.1.1.5",  # Adobe authentic documents
    }
)


def readable(ders: Iterable[bytes]) -> tuple[Certificate, ...]:
    """Those that can be read; an unreadable one can only be missing from a path."""
    found: list[Certificate] = []
    for der in dict.fromkeys(ders):
        try:
            found.append(read_certificate(der))
        except InvalidInputError:
            continue
    return tuple(found)


def build_chain(leaf: Certificate, pool: Sequence[Certificate], anchors: Sequence[Certificate]) -> tuple[Certificate, ...] | None:
    """A path from `leaf` (first) to an anchor (last), or None. Time and revocation are judged elsewhere.

    At most eight certificates, three candidates of one name and sixty signatures are tried: meshes of same-named authorities
    cost time that doubles with each.
    """
    waiting: list[tuple[Certificate, ...]] = [(leaf,)]
    checks = 0
    while waiting:
        path = waiting.pop()
        last = path[-1]
        if last in anchors:
            return path
        if len(path) >= _LONGEST:
            continue
        nexts: list[tuple[Certificate, ...]] = []
        for candidate in dict.fromkeys((*_candidates(last, anchors), *_candidates(last, pool))):
            checks += 1
            if checks > _MOST_CHECKS:
                return None
            if candidate not in path and _may_issue(candidate, below=len(path) - 1) and last.is_signed_by(candidate):
                nexts.append((*path, candidate))
        waiting += reversed(nexts)
    return None


def may_sign_documents(certificate: Certificate) -> bool:
    """Whether key usage and extended key usage allow document signatures (RFC 5280, 4.2.1.3 and 4.2.1.12)."""
    usage, extended = certificate.key_usage, certificate.extended_key_usage
    return (
        (usage is None or bool(usage & {"digitalSignature", "contentCommitment"}))
        and (extended is None or bool(_FOR_DOCUMENTS & set(extended)))
        and not _has_unknown_critical(certificate.der)
    )


def may_stamp_time(certificate: Certificate) -> bool:
    """Whether time-stamping is its sole, critical purpose (RFC 3161, 2.3)."""
    return certificate.extended_key_usage == (_TIME_STAMPING,) and certificate.extended_key_usage_is_critical


def _candidates(subject: Certificate, among: Sequence[Certificate]) -> list[Certificate]:
    named = [one for one in among if one.subject_der == subject.issuer_der]
    wanted = subject.authority_key_identifier
    named.sort(key=lambda one: wanted is None or one.subject_key_identifier != wanted)
    return named[:_MOST_OF_ONE_NAME]


def _may_issue(issuer: Certificate, *, below: int) -> bool:
    """Authority, allowed to sign certificates, with at most its path length of authorities `below` it, and nothing we would overlook."""
    if not issuer.is_authority or (issuer.key_usage is not None and "keyCertSign" not in issuer.key_usage):
        return False
    longest = _path_length(issuer.der)
    return (longest is None or below <= longest) and not _has_unknown_critical(issuer.der)


@lru_cache(maxsize=64)
def _path_length(der: bytes) -> int | None:
    try:
        return x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
    except (*MALFORMED, x509.ExtensionNotFound):
        return -1


@lru_cache(maxsize=64)
def _has_unknown_critical(der: bytes) -> bool:
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
    except MALFORMED:
        return True
    return any(extension.critical and extension.oid not in _UNDERSTOOD for extension in extensions)
