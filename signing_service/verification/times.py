"""By when a signature is proven to have existed: its time-stamps, each believed only by its own chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.trust.algorithms import digest_is_acceptable, key_is_acceptable
from signing_service.trust.certificates import Certificate, read_certificate
from signing_service.trust.revocation import RevocationStatus
from signing_service.verification.chain import build_chain, may_stamp_time, readable
from signing_service.verification.cms import BadCmsError, SignedCms, SignedToken, check_token
from signing_service.verification.facts import SignatureFacts
from signing_service.verification.material import Material
from signing_service.verification.report import SubIndication
from signing_service.verification.revocation import Proven, status_of

UNSPOKEN_OF: Final = "timestamp-revocation-unknown"
"""Reason code: trusted by its chain, but no revocation data speak of the authority."""


@dataclass(frozen=True, slots=True)
class ProofOfTime:
    """What existed at `end` bytes of the file existed by `time` (aware, UTC); `material` is the validation data that it covers."""

    time: datetime
    end: int
    material: Material


@dataclass(frozen=True, slots=True)
class Proofs:
    """The believed document time-stamps, newest first, and why others are not believed (stable codes)."""

    proofs: tuple[ProofOfTime, ...]
    reasons: tuple[str, ...]

    def of(self, end: int, at: datetime) -> datetime:
        """The earliest moment at which the first `end` bytes are proven to have existed; `at` when nothing proves an earlier one."""
        return min((proof.time for proof in self.proofs if proof.end > end), default=at)

    def sources(self, latest: Material, own: Material, end: int, at: datetime) -> tuple[Proven, ...]:
        """Revocation data with the moments that they are proven by: those of the file as it is, those of the signature, those covered."""
        covered = tuple(Proven(proof.material, proof.time) for proof in self.proofs)
        return (Proven(latest, at), Proven(own, self.of(end, at)), *covered)


def material_of(container: SignedCms) -> Material:
    """The validation data inside a CMS."""
    return Material(container.certificates, container.crls, container.ocsps)


def prove_times(signatures: Sequence[SignatureFacts], latest: Material, anchors: Sequence[Certificate], at: datetime) -> Proofs:
    """Go back in time from `at`: each document time-stamp proves by when the one before it existed (EN 319 102-1, 5.6.2)."""
    proofs: list[ProofOfTime] = []
    reasons: list[str] = []
    stamps = [(one, one.token, one.end) for one in signatures if one.is_timestamp]
    for one, token, end in sorted(stamps, key=lambda stamp: stamp[2] or 0, reverse=True):
        if token is None or end is None:
            continue
        so_far = Proofs(tuple(proofs), ())
        bound = so_far.of(end, at)
        reason = why_not_believed(token, so_far.sources(latest, material_of(token.container), end, at), anchors, bound)
        if reason is None:
            proofs.append(ProofOfTime(token.time, end, one.material))
        else:
            reasons.append(f"{one.field_name}: {reason}")
    return Proofs(tuple(proofs), tuple(reasons))


def signature_time(
    container: SignedCms, sources: Sequence[Proven], anchors: Sequence[Certificate], bound: datetime
) -> tuple[datetime | None, tuple[str, ...]]:
    """The earliest believed time of its own signature time-stamps, and why others are not believed; `bound` is the later limit."""
    times: list[datetime] = []
    reasons: list[str] = []
    for der in container.timestamps:
        try:
            token = _checked(der, container.value)
        except BadCmsError as bad:
            reasons.append(bad.reason)
            continue
        inner = (*sources, Proven(material_of(token.container), bound))
        reason = why_not_believed(token, inner, anchors, bound)
        if reason is None:
            times.append(token.time)
        else:
            reasons.append(reason)
    return min(times, default=None), tuple(reasons)


def has_foreign_timestamp(container: SignedCms) -> SubIndication | None:
    """What is wrong when a time-stamp inside the signature was made over something else or is itself forged."""
    for der in container.timestamps:
        try:
            _checked(der, container.value)
        except BadCmsError as bad:
            return bad.sub_indication
    return None


@lru_cache(maxsize=64)
def _checked(token: bytes, value: bytes) -> SignedToken:
    """A signature's own time-stamp, which is asked for twice; a signature value is short, so little is kept."""
    return check_token(token, value)


def why_not_believed(token: SignedToken, sources: Sequence[Proven], anchors: Sequence[Certificate], bound: datetime) -> str | None:
    """Why a token that is proven to have existed by `bound` is no proof of time, or None when it is one."""
    try:
        signer = read_certificate(token.container.signer)
    except InvalidInputError:
        return "timestamp-certificate-unreadable"
    if token.time > bound:
        return "timestamp-after-its-proof"
    if not may_stamp_time(signer) or not token.container.names_signer:
        return "timestamp-certificate-unfit"
    pool = readable(der for source in sources for der in source.material.certificates)
    path = build_chain(signer, pool, anchors)
    if path is None:
        return "timestamp-untrusted"
    return _why_path_does_not_hold(path, token, sources, bound)


def _why_path_does_not_hold(path: Sequence[Certificate], token: SignedToken, sources: Sequence[Proven], bound: datetime) -> str | None:
    """An authority has to be good when it stamped, and at `bound`: until then somebody with its key could stamp back in time."""
    if not all(certificate.is_valid_at(token.time) and certificate.is_valid_at(bound) for certificate in path):
        return "timestamp-certificate-expired"
    keys_hold = all(key_is_acceptable(certificate.public_key, bound) for certificate in path)
    if not keys_hold or not digest_is_acceptable(token.container.digest_algorithm, bound):
        return "timestamp-algorithm-weak"
    for certificate, issuer in pairwise(path):
        if status_of(certificate, issuer, sources, bound) is RevocationStatus.REVOKED:
            return "timestamp-certificate-revoked"
        if status_of(certificate, issuer, sources, token.time) is not RevocationStatus.GOOD:
            return UNSPOKEN_OF
    return None
