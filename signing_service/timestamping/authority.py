"""A time-stamp authority: states that a digest existed at a moment (RFC 3161, ETSI EN 319 422)."""

import secrets
from dataclasses import dataclass

from asn1crypto import parser, tsp

from signing_service.clock import Clock
from signing_service.errors import RefusedError
from signing_service.ports import KeyPurpose, SigningKey
from signing_service.timestamping.token import TokenSigner
from signing_service.trust.certificates import MALFORMED, read_certificate

LARGEST_REQUEST = 4096
"""Octets; a request holds one digest and little else."""

ACCURACY_SECONDS = 1
"""The token's time is truncated to the second; EN 319 421 asks for one second or better."""

DIGEST_LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}

_SERIAL_BITS = 159

_GRANTED: bytes = tsp.PKIStatusInfo({"status": "granted"}).dump()

_UNIVERSAL, _CONSTRUCTED, _SEQUENCE = 0, 1, 16


class _RequestError(Exception):
    """Why a request is refused: a PKIFailureInfo name of RFC 3161, 2.4.2."""

    def __init__(self, failure: str, text: str) -> None:
        super().__init__(failure)
        self.failure = failure
        self.text = text


@dataclass(frozen=True, slots=True)
class _Question:
    algorithm: str
    digest: bytes
    nonce: int | None
    wants_certificates: bool


class TimestampAuthority:
    """Answers RFC 3161 requests with tokens signed by a key that may do only this."""

    def __init__(self, chain: tuple[bytes, ...], key: SigningKey, clock: Clock, policy_oid: str) -> None:
        """Take the chain (DER, the authority's own certificate first, the root may be left out), its key and the policy it follows.

        Raises:
            RefusedError: the key is not a time-stamping key (`key-purpose-mismatch`) or not the certificate's (`authority-key-mismatch`).
        """
        if key.purpose is not KeyPurpose.TIMESTAMPING:
            raise RefusedError(
                "key-purpose-mismatch",
                vi="Khóa này không phải khóa cấp dấu thời gian.",
                en="This key is not a time-stamping key.",
            )
        self._certificate = read_certificate(chain[0])
        if self._certificate.public_key != key.public_key:
            raise RefusedError(
                "authority-key-mismatch",
                vi="Khóa không thuộc về chứng thư của cơ quan cấp dấu thời gian.",
                en="The key does not belong to the time-stamp authority's certificate.",
            )
        self._signer = TokenSigner(chain, key)
        self._clock = clock
        self._policy = policy_oid

    def respond(self, request: bytes) -> bytes:
        """DER of the TimeStampResp to a DER TimeStampReq; what a stranger sent wrongly is answered with a rejection, never raised."""
        try:
            question = self._read(request)
        except _RequestError as refusal:
            return _rejection(refusal.failure, refusal.text)
        except MALFORMED:
            return _rejection("bad_data_format", "the request is not a DER TimeStampReq")
        return self._grant(question)

    def _read(self, request: bytes) -> _Question:
        if len(request) > LARGEST_REQUEST:
            raise _RequestError("bad_data_format", "the request is too large")
        parsed = tsp.TimeStampReq.load(request, strict=True)
        if parsed["version"].native != "v1":
            raise _RequestError("bad_request", "version 1 is the only one")
        imprint = parsed["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        digest = imprint["hashed_message"].native
        if algorithm not in DIGEST_LENGTHS:
            raise _RequestError("bad_alg", "the digest algorithm must be SHA-256, SHA-384 or SHA-512")
        if len(digest) != DIGEST_LENGTHS[algorithm]:
            raise _RequestError("bad_data_format", "the digest has the wrong length")
        if parsed["req_policy"].native not in {None, self._policy}:
            raise _RequestError("unaccepted_policy", "this authority follows another policy")
        if len(parsed["extensions"]) > 0:
            raise _RequestError("unaccepted_extensions", "no extension is supported")
        return _Question(algorithm, digest, parsed["nonce"].native, parsed["cert_req"].native)

    def _grant(self, question: _Question) -> bytes:
        now = self._clock.now().replace(microsecond=0)
        if not self._certificate.is_valid_at(now):
            return _rejection("system_failure", "the authority's certificate is not valid now")
        info = {
            "version": "v1",
            "policy": self._policy,
            "message_imprint": {"hash_algorithm": {"algorithm": question.algorithm}, "hashed_message": question.digest},
            "serial_number": (1 << _SERIAL_BITS - 1) | secrets.randbits(_SERIAL_BITS - 1),
            "gen_time": now,
            "accuracy": {"seconds": ACCURACY_SECONDS},
            "ordering": False,
        }
        if question.nonce is not None:
            info["nonce"] = question.nonce
        return _response(_GRANTED, self._signer.token(tsp.TSTInfo(info).dump(), with_certificates=question.wants_certificates))


def _rejection(failure: str, text: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "status_string": [text], "fail_info": {failure}})
    return _response(status.dump())


def _response(status: bytes, token: bytes = b"") -> bytes:
    # Encoded by hand: asn1crypto's TimeStampResp does not know that a rejection has no token.
    octets: bytes = parser.emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, status + token)
    return octets
