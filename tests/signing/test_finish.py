"""A file is finished once, with everything a verifier will ask for, or it waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from signing_service.errors import RefusedError, SigningServiceError
from signing_service.pki.authority import RevokedCertificate
from signing_service.pki.names import SubjectName
from signing_service.pki.policies import TIMESTAMPING_POLICY
from signing_service.ports import KeyPurpose
from signing_service.signing.fields import FORMS
from signing_service.signing.finish import finish
from signing_service.signing.material import ValidationMaterial
from signing_service.signing.state import SignatureState, signature_state, signer_certificates
from signing_service.timestamping.authority import TimestampAuthority
from signing_service.timestamping.client import LocalTimestamper, Timestamper
from signing_service.trust.reasons import RevocationReason
from tests.pki_factory import SCHOOL, example_pki
from tests.signing.case import ROLES, SigningCase

GVCN, HT, DAU = FORMS[0]


@dataclass(slots=True)
class MovableClock:
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.moment


def test_the_state_is_read_from_the_bytes(heads: tuple[bytes, ...], finished: bytes) -> None:
    assert [signature_state(head) for head in heads] == [
        SignatureState((), finished=False),
        SignatureState((GVCN,), finished=False),
        SignatureState((GVCN, HT), finished=False),
        SignatureState((GVCN, HT, DAU), finished=False),
    ]
    assert signature_state(finished) == SignatureState((GVCN, HT, DAU), finished=True)
    with pytest.raises(RefusedError, match="head-unreadable"):
        signature_state(b"no file")


def test_the_signers_are_read_from_the_bytes(case: SigningCase, heads: tuple[bytes, ...]) -> None:
    expected = tuple(case.identity(role).certificate for role in ROLES)
    assert [signer_certificates(head) for head in heads] == [expected[:count] for count in range(4)]


def test_every_revision_only_appends(heads: tuple[bytes, ...], finished: bytes) -> None:
    revisions = (*heads, finished)
    for earlier, later in pairwise(revisions):
        assert later.startswith(earlier)


def test_the_first_certifies_and_the_seal_locks(heads: tuple[bytes, ...]) -> None:
    signatures = {s.field_name: s for s in PdfFileReader(BytesIO(heads[-1])).embedded_regular_signatures}
    transforms = {name: [str(r["/TransformMethod"]) for r in s.sig_object.get("/Reference", ())] for name, s in signatures.items()}
    assert transforms == {"GVCN": ["/DocMDP"], "HT": [], "DAU": ["/FieldMDP"]}
    assert signatures["GVCN"].docmdp_level is MDPPerm.FILL_FORMS
    locked = signatures["DAU"].sig_object["/Reference"][0]["/TransformParams"]
    assert (str(locked["/Action"]), list(map(str, locked["/Fields"]))) == ("/Include", ["GVCN", "HT", "DAU"])


def test_there_is_one_store_without_vri_and_one_document_time_stamp_to_the_end(finished: bytes) -> None:
    reader = PdfFileReader(BytesIO(finished))
    assert "/VRI" not in reader.root["/DSS"]
    (stamp,) = reader.embedded_timestamp_signatures
    start, _, second, length = map(int, stamp.byte_range)
    assert (start, second + length) == (0, len(finished))
    assert reader.total_revisions == 5


@pytest.mark.parametrize("signatures", [0, 1, 2])
def test_only_a_sealed_document_is_finished(case: SigningCase, heads: tuple[bytes, ...], signatures: int) -> None:
    with pytest.raises(RefusedError, match="wrong-order"):
        finish(heads[signatures], case.material(), case.pki.timestamper)


def test_a_document_is_finished_once(case: SigningCase, finished: bytes) -> None:
    with pytest.raises(RefusedError, match="document-finished"):
        finish(finished, case.material(), case.pki.timestamper)


INCOMPLETE: dict[str, Callable[[ValidationMaterial], dict[str, tuple[bytes, ...]]]] = {
    "no OCSP answer about the seal": lambda full: {"ocsps": full.ocsps[:2]},
    "no OCSP answer at all": lambda _: {"ocsps": ()},
    "no CRL of the root": lambda full: {"crls": full.crls[:1]},
    "no CRL of the issuing authority": lambda full: {"crls": full.crls[1:]},
    "no root": lambda full: {"certificates": tuple(c for c in full.certificates if c != full.certificates[4])},
    "no issuing authority": lambda full: {"certificates": tuple(c for c in full.certificates if c != full.certificates[3])},
    "garbage for a CRL": lambda _: {"crls": (b"\x30\x00", b"")},
    "strangers' answers": lambda _: {"ocsps": SigningCase(example_pki()).material().ocsps},
    "strangers' lists": lambda _: {"crls": SigningCase(example_pki()).material().crls},
}


@pytest.mark.parametrize("missing", INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_without_all_the_material_it_waits(
    case: SigningCase, heads: tuple[bytes, ...], missing: Callable[[ValidationMaterial], dict[str, tuple[bytes, ...]]]
) -> None:
    assert code_of(case, heads[-1], case.material(**missing(case.material()))) == "validation-material-incomplete"


def test_answers_older_than_the_signatures_do_not_count(unsigned: bytes) -> None:
    clock = MovableClock()
    case = SigningCase(example_pki(clock))
    stale = case.material()
    clock.moment += timedelta(minutes=10)
    sealed = sealed_by(case, unsigned)
    assert code_of(case, sealed, stale) == "validation-material-incomplete"
    clock.moment += timedelta(minutes=10)
    assert signature_state(finish(sealed, case.material(), case.pki.timestamper)).finished


def test_a_signer_revoked_before_signing_was_stamped_is_refused_and_one_revoked_later_is_not(unsigned: bytes) -> None:
    clock = MovableClock()
    case = SigningCase(example_pki(clock))
    sealed = sealed_by(case, unsigned)
    later = clock.moment + timedelta(hours=1)
    for revoked_at, outcome in ((clock.moment, "certificate-revoked"), (later, None)):
        case.pki.ledger.revoke(RevokedCertificate(case.pki.principal.serial, revoked_at, RevocationReason.CESSATION_OF_OPERATION))
        clock.moment = later + timedelta(minutes=1)
        assert code_of(case, sealed, case.material()) == outcome


def test_a_revoked_time_stamp_authority_finishes_nothing(unsigned: bytes) -> None:
    case = SigningCase(example_pki())
    sealed = sealed_by(case, unsigned)
    case.pki.ledger.revoke(RevokedCertificate(case.pki.tsa.serial, datetime.now(UTC), RevocationReason.KEY_COMPROMISE))
    assert code_of(case, sealed, case.material()) == "certificate-revoked"


def test_a_time_stamp_authority_that_changed_its_certificate_needs_material_of_its_own(case: SigningCase, heads: tuple[bytes, ...]) -> None:
    fresh = case.pki.another("tsa", SubjectName("Dấu thời gian Mới", SCHOOL), KeyPurpose.TIMESTAMPING)
    elsewhere = example_pki()
    for identity, chain, outcome in (
        (fresh, case.pki.chain, None),
        (elsewhere.tsa, elsewhere.chain, "validation-material-incomplete"),
    ):
        authority = TimestampAuthority((identity.certificate, *chain), identity.key, MovableClock(), TIMESTAMPING_POLICY)
        with_fresh_lists = case.material()
        assert code_of(case, heads[-1], with_fresh_lists, LocalTimestamper(authority)) == outcome


def test_a_clock_that_went_back_finishes_nothing(unsigned: bytes) -> None:
    clock = MovableClock()
    case = SigningCase(example_pki(clock))
    clock.moment += timedelta(hours=2)
    sealed = sealed_by(case, unsigned)
    material = case.material()
    clock.moment -= timedelta(hours=1)
    assert code_of(case, sealed, material) == "timestamp-order"


class OffTopic:
    """A time-stamper that answers about something else."""

    def __init__(self, honest: Timestamper) -> None:
        self._honest = honest

    def token(self, message_imprint_sha256: bytes) -> bytes:
        return self._honest.token(message_imprint_sha256[::-1])


def test_a_time_stamp_over_something_else_finishes_nothing(case: SigningCase, heads: tuple[bytes, ...]) -> None:
    assert code_of(case, heads[-1], case.material(), OffTopic(case.pki.timestamper)) == "timestamp-mismatch"


def sealed_by(case: SigningCase, head: bytes) -> bytes:
    """Signed by all three at the case's own time."""
    for role in ROLES:
        head = case.signed(head, role)
    return head


def code_of(case: SigningCase, head: bytes, material: ValidationMaterial, timestamper: Timestamper | None = None) -> str | None:
    """Why the file is not finished; None when it is."""
    try:
        finish(head, material, timestamper or case.pki.timestamper)
    except SigningServiceError as reason:
        return reason.code
    return None
