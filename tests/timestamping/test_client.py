import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import tsp

from signing_service.errors import InvalidInputError, UnavailableError
from signing_service.timestamping.client import LocalTimestamper, checked_token, timestamp_request
from signing_service.trust.timestamps import read_timestamp
from tests.pki_factory import ExamplePki

IMPRINT = hashlib.sha256(b"file").digest()


class Meddler:
    """Stands where the authority stands and changes question or answer."""

    def __init__(self, respond: Callable[[bytes], bytes]) -> None:
        self.respond = respond


def timestamper(respond: Callable[[bytes], bytes]) -> LocalTimestamper:
    meddler: Any = Meddler(respond)
    return LocalTimestamper(meddler)


def changed(question: bytes, field: str, value: object) -> bytes:
    request = tsp.TimeStampReq.load(question)
    request[field] = value
    der: bytes = request.dump(force=True)
    return der


def test_the_token_is_over_the_digest_and_by_the_authority(pki: ExamplePki) -> None:
    stamp = read_timestamp(pki.timestamper.token(IMPRINT))
    assert (stamp.digest_algorithm, stamp.imprint, stamp.signer) == ("sha256", IMPRINT, pki.tsa.certificate)


def test_each_request_has_a_nonce_of_its_own() -> None:
    assert len({timestamp_request(IMPRINT)[1] for _ in range(50)}) == 50


@pytest.mark.parametrize("imprint", [b"", bytes(31), bytes(64)])
def test_only_a_sha256_digest_is_stamped(pki: ExamplePki, imprint: bytes) -> None:
    with pytest.raises(InvalidInputError, match="timestamp-imprint"):
        pki.timestamper.token(imprint)


def other_imprint(question: bytes) -> bytes:
    return changed(question, "message_imprint", {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)})


def broken_signature(response: bytes) -> bytes:
    return response[:-1] + bytes([response[-1] ^ 1])


@pytest.mark.parametrize(
    "attack",
    [
        lambda respond, question: respond(other_imprint(question)),
        lambda respond, question: respond(changed(question, "nonce", 1)),
        lambda respond, question: respond(changed(question, "cert_req", False)),
        lambda respond, question: respond(changed(question, "req_policy", "1.2.3.4")),
        lambda respond, question: broken_signature(respond(question)),
        lambda respond, question: respond(question)[:-1],
        lambda _, __: b"",
        lambda _, __: b"\x30\x00",
    ],
    ids=["other imprint", "other nonce", "no certificate", "rejection", "broken signature", "cut off", "empty", "no status"],
)
def test_an_answer_that_fails_a_check_is_no_time_stamp(pki: ExamplePki, attack: Callable[[Callable[[bytes], bytes], bytes], bytes]) -> None:
    respond = pki.timestamp_authority.respond
    with pytest.raises(UnavailableError, match="timestamp-unavailable"):
        timestamper(lambda question: attack(respond, question)).token(IMPRINT)


def test_an_old_answer_is_not_taken_for_a_new_one(pki: ExamplePki) -> None:
    first, nonce = timestamp_request(IMPRINT)
    old = pki.timestamp_authority.respond(first)
    checked_token(old, IMPRINT, nonce)
    with pytest.raises(UnavailableError, match="timestamp-unavailable"):
        timestamper(lambda _: old).token(IMPRINT)
