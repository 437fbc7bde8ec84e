"""What may not be signed is refused with a reason before any key is touched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from signing_service.errors import InvalidInputError, RefusedError, SigningServiceError
from signing_service.ids import Sha256, sha256_of
from signing_service.pki.authority import RevokedCertificate
from signing_service.signing.prepare import prepare
from signing_service.trust.reasons import RevocationReason
from signing_service.workflow.case import SigningRole
from tests.pki_factory import example_pki
from tests.signing.case import ROLES, SigningCase

TEACHER, PRINCIPAL, SEAL = ROLES

Changes = Callable[[SigningCase], dict[str, Any]]


def refusal_of(case: SigningCase, head: bytes, role: SigningRole, **changes: Any) -> str:
    with pytest.raises(SigningServiceError) as refusal:
        prepare(case.request(head, role, **changes))
    return refusal.value.code


@pytest.mark.parametrize(("signatures", "role"), [(0, PRINCIPAL), (0, SEAL), (1, SEAL)])
def test_nobody_signs_before_their_turn(case: SigningCase, heads: tuple[bytes, ...], signatures: int, role: SigningRole) -> None:
    assert refusal_of(case, heads[signatures], role) == "wrong-order"


@pytest.mark.parametrize(("signatures", "role"), [(1, TEACHER), (2, TEACHER), (3, TEACHER), (2, PRINCIPAL), (3, PRINCIPAL), (3, SEAL)])
def test_nobody_signs_twice(case: SigningCase, heads: tuple[bytes, ...], signatures: int, role: SigningRole) -> None:
    assert refusal_of(case, heads[signatures], role) == "field-filled"


@pytest.mark.parametrize("role", ROLES)
def test_a_finished_document_takes_no_signature(case: SigningCase, finished: bytes, role: SigningRole) -> None:
    assert refusal_of(case, finished, role) == "field-filled"


def test_a_file_that_changed_after_the_consent_is_refused(case: SigningCase, unsigned: bytes) -> None:
    assert refusal_of(case, unsigned, TEACHER, head_sha256=Sha256("0" * 64)) == "head-moved"


@pytest.mark.parametrize(
    "damaged",
    [
        lambda _: b"",
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: pdf.removesuffix(b"\n"),
        lambda pdf: pdf + b"% one line more\n",
        lambda pdf: pdf.replace(b"/AcroForm", b"/AcroFrom"),
    ],
    ids=["empty", "half", "no line end", "something behind", "no form"],
)
def test_a_file_that_is_not_ours_is_refused(case: SigningCase, unsigned: bytes, damaged: Callable[[bytes], bytes]) -> None:
    head = damaged(unsigned)
    assert refusal_of(case, head, TEACHER) in {"head-unreadable", "field-missing"}


def test_a_revision_that_no_signature_covers_is_refused(case: SigningCase, heads: tuple[bytes, ...]) -> None:
    head = heads[1]
    start = head.rindex(b"startxref")
    appended = head + b"% not by us\n" + head[start:]
    assert refusal_of(case, appended, PRINCIPAL) == "head-unexpected"


def test_a_field_whose_lock_was_taken_off_is_refused(case: SigningCase, heads: tuple[bytes, ...]) -> None:
    head = heads[2].replace(b"/SigFieldLock", b"/SigFieldLack").replace(b"/Lock<<", b"/Luck<<")
    assert refusal_of(case, head, SEAL) == "field-lock"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A certificate, or a moment, that does not fit; and the answer."""

    code: str
    role: SigningRole
    changes: Changes


MISFITS = {
    "a person's certificate in the seal's field": Misfit(
        "certificate-policy",
        SEAL,
        lambda case: {
            "certificate": case.pki.principal.certificate,
            "ocsp": case.pki.responder.response_for(case.pki.principal.certificate),
        },
    ),
    "a seal's certificate in a person's field": Misfit(
        "certificate-policy",
        TEACHER,
        lambda case: {"certificate": case.pki.seal.certificate, "ocsp": case.pki.responder.response_for(case.pki.seal.certificate)},
    ),
    "a certificate for something else": Misfit("certificate-key-usage", TEACHER, lambda case: {"certificate": case.pki.tsa.certificate}),
    "an authority's certificate": Misfit("certificate-key-usage", TEACHER, lambda case: {"certificate": case.pki.issuing.certificate}),
    "before the certificate begins": Misfit(
        "certificate-not-yet-valid", TEACHER, lambda _: {"moment": datetime.now(UTC) - timedelta(days=1)}
    ),
    "after the certificate ended": Misfit(
        "certificate-expired", TEACHER, lambda _: {"moment": datetime.now(UTC) + timedelta(days=3 * 366)}
    ),
    "an answer that ran out": Misfit("revocation-unknown", TEACHER, lambda _: {"moment": datetime.now(UTC) + timedelta(days=2)}),
    "an answer about somebody else": Misfit(
        "revocation-unknown", TEACHER, lambda case: {"ocsp": case.pki.responder.response_for(case.pki.principal.certificate)}
    ),
    "no answer": Misfit("revocation-unknown", TEACHER, lambda _: {"ocsp": b""}),
    "no chain": Misfit("certificate-chain", TEACHER, lambda _: {"chain": ()}),
    "a chain without its root": Misfit("certificate-chain", TEACHER, lambda case: {"chain": case.pki.chain[:1]}),
    "somebody else's chain": Misfit("certificate-chain", TEACHER, lambda _: {"chain": example_pki().chain}),
    "no certificate": Misfit("certificate-unreadable", TEACHER, lambda _: {"certificate": b"\x30\x00"}),
    "no picture": Misfit("mark-unreadable", TEACHER, lambda _: {"mark": b"%PDF-"}),
}


@pytest.mark.parametrize("misfit", MISFITS.values(), ids=MISFITS.keys())
def test_what_does_not_fit_is_refused(case: SigningCase, heads: tuple[bytes, ...], misfit: Misfit) -> None:
    head = heads[ROLES.index(misfit.role)]
    digest = sha256_of(head)
    assert refusal_of(case, head, misfit.role, **misfit.changes(case)) == misfit.code
    assert sha256_of(head) == digest


def test_an_answer_signed_by_a_stranger_is_not_believed(case: SigningCase, unsigned: bytes) -> None:
    stranger = SigningCase(example_pki())
    forged = stranger.pki.responder.response_for(stranger.pki.homeroom.certificate)
    assert refusal_of(case, unsigned, TEACHER, ocsp=forged) == "revocation-unknown"


def test_a_revoked_certificate_does_not_sign(unsigned: bytes) -> None:
    case = SigningCase(example_pki())
    serial = case.pki.homeroom.serial
    case.pki.ledger.revoke(RevokedCertificate(serial, datetime.now(UTC), RevocationReason.KEY_COMPROMISE))
    assert refusal_of(case, unsigned, TEACHER) == "certificate-revoked"


def test_a_refusal_speaks_both_languages_and_names_no_one(case: SigningCase, heads: tuple[bytes, ...]) -> None:
    with pytest.raises(RefusedError) as refusal:
        prepare(case.request(heads[0], SEAL))
    assert refusal.value.vi
    assert refusal.value.en
    assert "Ví Dụ" not in refusal.value.vi + refusal.value.en


def test_a_picture_is_input_and_its_refusal_is_no_accusation(case: SigningCase, unsigned: bytes) -> None:
    with pytest.raises(InvalidInputError):
        prepare(case.request(unsigned, TEACHER, mark=b""))
