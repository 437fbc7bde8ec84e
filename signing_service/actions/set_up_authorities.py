"""Give birth to the service's authorities: root, issuing authority, time-stamps, OCSP answers, the log's key. Safe to repeat."""

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from cryptography import x509

from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.repositories import Database
from signing_service.actions.services import KeyMaker
from signing_service.clock import Clock
from signing_service.errors import InvalidInputError
from signing_service.ids import KeyId
from signing_service.pki.authority import CertificateAuthority, create_root
from signing_service.pki.names import SubjectName
from signing_service.pki.urls import PublicUrls
from signing_service.ports import KeyAlgorithm, KeyPurpose, PublicKey

ROOT, ISSUING, TSA, OCSP, LOG = "root-ca", "issuing-ca", "tsa", "ocsp-responder", "log"
"""Owners of the service's own keys; the first four are also the names of their profiles."""


RENEW_BEFORE = {TSA: timedelta(days=365), OCSP: timedelta(days=30)}
"""How long before its end a certificate is replaced by itself. Root and issuing authority are renewed by ceremony (`keys/ceremonies`)."""

_PURPOSES = {
    ROOT: KeyPurpose.ROOT_CA,
    ISSUING: KeyPurpose.ISSUING_CA,
    TSA: KeyPurpose.TIMESTAMPING,
    OCSP: KeyPurpose.OCSP_RESPONDER,
    LOG: KeyPurpose.TRANSPARENCY_LOG,
}
_WITHOUT_SPACE = re.compile(r"[!-~]+")
_TITLES = {
    ROOT: "Chứng thư gốc",
    ISSUING: "Cơ quan cấp chứng thư",
    TSA: "Dấu thời gian",
    OCSP: "Trả lời trạng thái chứng thư",
}


_LONGEST_BASE_URL = 80
"""Octets; a printed link may have 120, of which `/v/` and a token take 35."""


def require_lasting(base_url: str, organisation: str) -> None:
    """Refuse what could not be certified, printed or encoded in a QR code, before it is fixed for decades.

    Raises:
        InvalidInputError: the address is none or too long (`base-url`), or the name cannot stand in a certificate (`certificate-subject`).
    """
    try:
        PublicUrls(base_url)
        is_address = urlsplit(base_url).port != 0
    except ValueError:
        is_address = False
    if not is_address or len(base_url) > _LONGEST_BASE_URL or not _WITHOUT_SPACE.fullmatch(base_url):
        raise InvalidInputError(
            "base-url",
            vi=f"Địa chỉ gốc phải là http:// hoặc https:// kèm tên máy chủ chữ ASCII, dài không quá {_LONGEST_BASE_URL} ký tự.",
            en=f"The base URL has to be http:// or https:// with an ASCII host name, of at most {_LONGEST_BASE_URL} characters.",
        )
    SubjectName(_TITLES[ROOT], organisation)


@dataclass(frozen=True, slots=True)
class AuthoritySetup:
    """Makes what is missing and renews what is about to end."""

    database: Database
    keys: KeyMaker
    clock: Clock
    base_url: str
    organisation: str

    def run(self) -> tuple[str, ...]:
        """Set everything up; returns the owners that got a new key, none when there was nothing to do."""
        made = []
        for owner in (LOG, ROOT, ISSUING, TSA, OCSP):
            if not self._is_current(owner):
                self._make(owner)
                made.append(owner)
        return tuple(made)

    def _is_current(self, owner: str) -> bool:
        if owner == LOG:
            return self.keys.exists(LOG)
        with self.database.begin() as unit:
            stored = unit.certificates.of_owner(owner)
        if stored is None:
            return False
        ends = x509.load_der_x509_certificate(stored.certificate).not_valid_after_utc
        return owner not in RENEW_BEFORE or ends - self.clock.now() > RENEW_BEFORE[owner]

    def _make(self, owner: str) -> None:
        key_id, public_key = self.keys.create(owner, _PURPOSES[owner], None, KeyAlgorithm.ED25519 if owner == LOG else KeyAlgorithm.P_256)
        if owner == LOG:
            return
        certificate = self._certificate(owner, key_id, public_key)
        with self.database.begin() as unit:
            unit.certificates.add(
                StoredCertificate(
                    serial=x509.load_der_x509_certificate(certificate).serial_number,
                    certificate=certificate,
                    profile=owner,
                    owner=owner,
                    key=key_id,
                    issued_at=self.clock.now(),
                )
            )

    def _certificate(self, owner: str, key_id: KeyId, public_key: PublicKey) -> bytes:
        subject = SubjectName(_TITLES[owner], self.organisation)
        if owner == ROOT:
            with self.keys.open(ROOT, None, key=key_id) as key:
                return create_root(subject, key, self.base_url, self.clock)
        issuer = ROOT if owner == ISSUING else ISSUING
        with self.database.begin() as unit:
            stored = unit.certificates.of_owner(issuer)
        if stored is None:
            raise LookupError(issuer)
        with self.keys.open(issuer, None, key=stored.key) as key:
            return CertificateAuthority(stored.certificate, key, self.base_url, self.clock).issue(owner, subject, public_key)
