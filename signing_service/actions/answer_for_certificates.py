"""The service's own authorities at work: OCSP answers, CRLs, time-stamps, for the line and for anybody who asks over the network."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.repositories import Database
from signing_service.actions.services import KeyCabinet
from signing_service.actions.set_up_authorities import ISSUING, OCSP, ROOT, TSA
from signing_service.clock import Clock
from signing_service.errors import UnavailableError
from signing_service.pki.authority import CertificateAuthority, RevokedCertificate, authority_name
from signing_service.pki.ocsp import OcspResponder, Standing
from signing_service.pki.policies import TIMESTAMPING_POLICY
from signing_service.ports import SigningKey
from signing_service.timestamping.authority import TimestampAuthority
from signing_service.timestamping.client import LocalTimestamper
from signing_service.trust.reasons import RevocationReason

_PUBLISHED_KEPT = timedelta(minutes=5)
"""For strangers: a flood of questions costs one signature in this time. What goes into a signed file is always made afresh."""

_ROOT_LIST_KEPT = timedelta(days=30)
"""The root's key comes out this seldom; its CRL is valid for three times as long."""

_LOOK_AGAIN = timedelta(minutes=1)
"""How soon a process that runs for months takes up a certificate that was renewed meanwhile."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """The two that answer with keys of their own, as their certificates stood when it was opened."""

    certificates: tuple[bytes, bytes]
    authority: TimestampAuthority
    timestamper: LocalTimestamper
    responder: OcspResponder
    looked_at: datetime


class CertificateAnswers:
    """Opens the time-stamping and OCSP keys and keeps them until `close`; authority keys are opened for each CRL and closed again.

    A certificate that was renewed is taken up with its key within a minute.

    Usable from several threads for reading; one instance serves one process.
    """

    def __init__(self, *, database: Database, keys: KeyCabinet, clock: Clock, base_url: str) -> None:
        self._database, self._keys, self._clock, self._base_url = database, keys, clock, base_url
        self._open = ExitStack()
        self._root_list: tuple[bytes, int] | None = None
        self._published: dict[str, tuple[bytes, int]] = {}
        self._authorities = {owner: self._stored(owner) for owner in (ROOT, ISSUING)}
        self._opened = self._open_desk()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the keys; nothing is answered afterwards."""
        self._open.close()

    def token(self, message_imprint_sha256: bytes) -> bytes:
        """A time-stamp token over a SHA-256 imprint."""
        return self._desk().timestamper.token(message_imprint_sha256)

    def respond_timestamp(self, request: bytes) -> bytes:
        """The RFC 3161 response to a stranger's request."""
        return self._desk().authority.respond(request)

    def ocsp(self, certificate: bytes) -> bytes:
        """A fresh OCSP response about a certificate of the issuing authority."""
        return self._desk().responder.response_for(certificate)

    def respond_ocsp(self, request: bytes) -> bytes:
        """The RFC 6960 response to a stranger's request."""
        return self._desk().responder.respond(request)

    def chain(self) -> tuple[bytes, ...]:
        """Issuing authority, then root."""
        return self._authorities[ISSUING].certificate, self._authorities[ROOT].certificate

    def supporting_certificates(self) -> tuple[bytes, ...]:
        """Of the time-stamp authority and the OCSP responder."""
        return self._desk().certificates

    def crls(self) -> tuple[bytes, ...]:
        """The issuing authority's CRL, made now, and the root's."""
        return self._list_of(ISSUING), self._list_of(ROOT)

    def certificate_named(self, name: str) -> bytes | None:
        """The certificate of an authority by the name that stands in our AIA addresses, or None."""
        return next((self._authorities[owner].certificate for owner in (ISSUING, ROOT) if self._name(owner) == name), None)

    def revocation_list_named(self, name: str) -> bytes | None:
        """The CRL of an authority by the name that stands in our CDP addresses, or None; it is at most five minutes old."""
        owner = next((owner for owner in (ISSUING, ROOT) if self._name(owner) == name), None)
        if owner is None:
            return None
        number = int(self._clock.now().timestamp())
        published = self._published.get(owner)
        if published is None or number - published[1] >= _PUBLISHED_KEPT.total_seconds():
            published = self._published[owner] = (self._list_of(owner), number)
        return published[0]

    def _desk(self) -> _Desk:
        desk = self._opened
        if abs(self._clock.now() - desk.looked_at) < _LOOK_AGAIN:
            return desk
        if desk.certificates == (self._stored(TSA).certificate, self._stored(OCSP).certificate):
            self._opened = replace(desk, looked_at=self._clock.now())
        else:
            # The old keys stay open until `close`: another thread may be in the middle of an answer.
            self._opened = self._open_desk()
        return self._opened

    def _open_desk(self) -> _Desk:
        tsa, ocsp, issuing = self._stored(TSA), self._stored(OCSP), self._authorities[ISSUING].certificate
        authority = TimestampAuthority((tsa.certificate, issuing), self._key_of(tsa), self._clock, TIMESTAMPING_POLICY)
        return _Desk(
            certificates=(tsa.certificate, ocsp.certificate),
            authority=authority,
            timestamper=LocalTimestamper(authority),
            responder=OcspResponder(ocsp.certificate, self._key_of(ocsp), issuing, self._clock, self._status_of),
            looked_at=self._clock.now(),
        )

    def _key_of(self, stored: StoredCertificate) -> SigningKey:
        return self._open.enter_context(self._keys.open(stored.owner, None, key=stored.key))

    def _name(self, owner: str) -> str:
        return authority_name(self._authorities[owner].certificate)

    def _list_of(self, owner: str) -> bytes:
        number = int(self._clock.now().timestamp())
        if owner == ROOT and self._root_list is not None and number - self._root_list[1] < _ROOT_LIST_KEPT.total_seconds():
            return self._root_list[0]
        revoked = self._revoked() if owner == ISSUING else ()
        authority = self._authorities[owner]
        with self._keys.open(owner, None, key=authority.key) as key:
            made = CertificateAuthority(authority.certificate, key, self._base_url, self._clock).revocation_list(number, revoked)
        if owner == ROOT:
            self._root_list = (made, number)
        return made

    def _revoked(self) -> tuple[RevokedCertificate, ...]:
        with self._database.begin() as unit:
            return tuple(_entry(stored) for stored in unit.certificates.revoked())

    def _status_of(self, serial: int) -> Standing | RevokedCertificate:
        with self._database.begin() as unit:
            stored = unit.certificates.by_serial(serial)
        if stored is None:
            return Standing.NEVER_ISSUED
        return Standing.GOOD if stored.revoked_at is None else _entry(stored)

    def _stored(self, owner: str) -> StoredCertificate:
        with self._database.begin() as unit:
            stored = unit.certificates.of_owner(owner)
        if stored is None:
            raise UnavailableError(
                "not-initialised",
                vi="Dịch vụ chưa được khởi tạo; chạy `signing-service init` trước.",
                en="The service is not initialised; run `signing-service init` first.",
            )
        return stored


def _entry(stored: StoredCertificate) -> RevokedCertificate:
    if stored.revoked_at is None:
        raise ValueError(stored.serial)
    return RevokedCertificate(stored.serial, stored.revoked_at, RevocationReason[stored.revocation_reason or "UNSPECIFIED"])
