"""A delegated OCSP responder (RFC 6960): says for one issuing authority whether a certificate stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from asn1crypto import core, ocsp
from asn1crypto import x509 as asn1_x509

from signing_service.clock import Clock
from signing_service.errors import InvalidInputError, RefusedError, UnavailableError
from signing_service.pki.authority import RevokedCertificate
from signing_service.ports import KeyPurpose, SigningKey
from signing_service.trust.certificates import MALFORMED, read_certificate
from signing_service.trust.reasons import RevocationReason

ANSWER_VALIDITY = timedelta(hours=12)
"""How long an answer may be relied on."""

LARGEST_REQUEST = 16 * 1024
MOST_QUESTIONS = 20
LONGEST_NONCE = 128
"""Octets; RFC 9654 allows 1 to 128."""


class Standing(Enum):
    """What a responder knows of a certificate that is not revoked."""

    GOOD = "good"
    NEVER_ISSUED = "never-issued"


StatusOf = Callable[[int], Standing | RevokedCertificate]
"""Answers for a serial number of the issuing authority; it reads current state at every call."""


class OcspResponder:
    """Answers for the certificates of one issuing authority, with a key that may do only this."""

    def __init__(self, certificate: bytes, key: SigningKey, issuer: bytes, clock: Clock, status_of: StatusOf) -> None:
        """Take the responder's certificate (DER), its key, and the certificate (DER) of the authority it answers for.

        Raises:
            RefusedError: the key is not an OCSP responder's (`key-purpose-mismatch`), or the certificate is not this key's or not that
                authority's (`authority-key-mismatch`).
        """
        if key.purpose is not KeyPurpose.OCSP_RESPONDER:
            raise RefusedError(
                "key-purpose-mismatch",
                vi="Khóa này không phải khóa trả lời OCSP.",
                en="This key is not the key of an OCSP responder.",
            )
        self._own = read_certificate(certificate)
        if self._own.public_key != key.public_key or not self._own.is_signed_by(read_certificate(issuer)):
            raise RefusedError(
                "authority-key-mismatch",
                vi="Khóa, chứng thư trả lời OCSP và cơ quan cấp không thuộc về nhau.",
                en="The OCSP responder's key, its certificate and the authority do not belong together.",
            )
        self._certificate = asn1_x509.Certificate.load(certificate)
        self._key = key
        self._issuer = asn1_x509.Certificate.load(issuer)
        self._clock = clock
        self._status_of = status_of

    def respond(self, request: bytes) -> bytes:
        """DER of the OCSPResponse to a DER OCSPRequest; it never raises for what a stranger sent.

        Garbage gets `malformedRequest`, a question about another authority's certificate `unauthorized` (RFC 6960, 2.3).
        """
        try:
            questions, nonce = _read(request)
        except MALFORMED:
            return _refusal("malformed_request")
        if not all(self._is_ours(question) for question in questions):
            return _refusal("unauthorized")
        now = self._clock.now().replace(microsecond=0)
        if not self._own.is_valid_at(now):
            return _refusal("internal_error")
        return self._answer(questions, nonce, now)

    def response_for(self, certificate: bytes) -> bytes:
        """DER of the OCSPResponse for `certificate` (DER), without a nonce, as it is put into a signed file.

        Raises:
            InvalidInputError: the certificate is not of this responder's authority (`ocsp-other-issuer`).
            UnavailableError: the responder's own certificate is not valid now (`revocation-unavailable`).
        """
        subject = asn1_x509.Certificate.load(certificate)
        if subject.issuer.dump() != self._issuer.subject.dump():
            raise InvalidInputError(
                "ocsp-other-issuer",
                vi="Chứng thư này do cơ quan khác cấp.",
                en="This certificate was issued by another authority.",
            )
        question = _Question("sha1", self._issuer.subject.sha1, self._issuer.public_key.sha1, subject.serial_number)
        now = self._clock.now().replace(microsecond=0)
        if not self._own.is_valid_at(now):
            raise UnavailableError(
                "revocation-unavailable",
                vi="Chứng thư của máy trả lời OCSP không còn hiệu lực; chạy `signing-service init` để cấp chứng thư mới.",
                en="The OCSP responder's certificate is not valid now; run `signing-service init` to renew it.",
            )
        return self._answer([question], None, now)

    def _is_ours(self, question: "_Question") -> bool:
        name, key = self._issuer.subject, self._issuer.public_key
        return (question.algorithm, question.name_hash, question.key_hash) in {
            ("sha1", name.sha1, key.sha1),
            ("sha256", name.sha256, key.sha256),
        }

    def _answer(self, questions: list["_Question"], nonce: bytes | None, now: datetime) -> bytes:
        data = ocsp.ResponseData(
            {
                "responder_id": ocsp.ResponderId(name="by_key", value=self._certificate.public_key.sha1),
                "produced_at": now,
                "responses": [self._single(question, now) for question in questions],
            }
        )
        if nonce is not None:
            data["response_extensions"] = [{"extn_id": "nonce", "critical": False, "extn_value": core.OctetString(nonce)}]
        basic = {
            "tbs_response_data": data,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self._key.sign(data.dump(), purpose=KeyPurpose.OCSP_RESPONDER),
            "certs": [self._certificate],
        }
        response: bytes = ocsp.OCSPResponse(
            {
                "response_status": "successful",
                "response_bytes": {"response_type": "basic_ocsp_response", "response": ocsp.BasicOCSPResponse(basic)},
            }
        ).dump()
        return response

    def _single(self, question: "_Question", now: datetime) -> dict[str, object]:
        return {
            "cert_id": {
                "hash_algorithm": {"algorithm": question.algorithm, "parameters": core.Null()},
                "issuer_name_hash": question.name_hash,
                "issuer_key_hash": question.key_hash,
                "serial_number": question.serial,
            },
            "cert_status": _cert_status(self._status_of(question.serial)),
            "this_update": now,
            "next_update": now + ANSWER_VALIDITY,
        }


@dataclass(frozen=True, slots=True)
class _Question:
    """A CertID, wholly read: asn1crypto parses lazily, and what a stranger sent must fail at the door or not at all."""

    algorithm: str
    name_hash: bytes
    key_hash: bytes
    serial: int


def _question(certificate: Any) -> _Question:  # noqa: ANN401 asn1crypto has no types
    return _Question(
        algorithm=certificate["hash_algorithm"]["algorithm"].native,
        name_hash=certificate["issuer_name_hash"].native,
        key_hash=certificate["issuer_key_hash"].native,
        serial=certificate["serial_number"].native,
    )


def _cert_status(status: Standing | RevokedCertificate) -> Any:  # noqa: ANN401 asn1crypto has no types
    if status is Standing.GOOD:
        return ocsp.CertStatus(name="good", value=core.Null())
    if isinstance(status, RevokedCertificate):
        info: dict[str, object] = {"revocation_time": status.at.replace(microsecond=0)}
        if status.reason is not RevocationReason.UNSPECIFIED:
            info["revocation_reason"] = status.reason.value
        return ocsp.CertStatus(name="revoked", value=ocsp.RevokedInfo(info))
    return ocsp.CertStatus(name="unknown", value=core.Null())


def _read(request: bytes) -> tuple[list[_Question], bytes | None]:
    """The questions and the nonce.

    Raises:
        ValueError and its like in `MALFORMED`: not a request this responder reads.
    """
    if len(request) > LARGEST_REQUEST:
        raise ValueError
    tbs = ocsp.OCSPRequest.load(request, strict=True)["tbs_request"]
    questions = [_question(single["req_cert"]) for single in tbs["request_list"]]
    if not 0 < len(questions) <= MOST_QUESTIONS:
        raise ValueError
    nonce: bytes | None = None
    for extension in tbs["request_extensions"]:
        if extension["extn_id"].native == "nonce":
            nonce = extension["extn_value"].parsed.native
            if not isinstance(nonce, bytes) or not 0 < len(nonce) <= LONGEST_NONCE:
                raise ValueError
        elif extension["critical"].native:
            raise ValueError
    return questions, nonce


def _refusal(status: str) -> bytes:
    """An error response carries nothing but its status, unsigned (RFC 6960, 2.3)."""
    response: bytes = ocsp.OCSPResponse({"response_status": status}).dump()
    return response
