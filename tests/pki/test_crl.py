from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from signing_service.clock import FixedClock
from signing_service.errors import InvalidInputError
from signing_service.pki.authority import CRL_VALIDITY, RevokedCertificate
from signing_service.ports import KeyPurpose
from signing_service.trust.reasons import RevocationReason
from tests.pki_factory import ExamplePki, example_pki

NOW = datetime(2026, 9, 5, 7, 30, 15, 500000, tzinfo=UTC)

ENTRIES = st.lists(
    st.builds(
        RevokedCertificate,
        serial=st.integers(1, 2**159 - 1),
        at=st.datetimes(datetime(2026, 1, 1), datetime(2049, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 hypothesis adds the zone
        reason=st.sampled_from(RevocationReason),
    ),
    max_size=8,
    unique_by=lambda entry: entry.serial,
)

FIXED = example_pki(FixedClock(NOW))


@given(ENTRIES, st.integers(1, 2**63))
def test_a_list_says_exactly_what_was_revoked(entries: list[RevokedCertificate], number: int) -> None:
    crl = x509.load_der_x509_crl(FIXED.issuing.revocation_list(number, entries))
    told = {}
    for entry in crl:
        reasons = [extension.value.reason for extension in entry.extensions if isinstance(extension.value, x509.CRLReason)]
        told[entry.serial_number] = (entry.revocation_date_utc, reasons[0].name.upper() if reasons else "UNSPECIFIED")
    assert told == {entry.serial: (entry.at.replace(microsecond=0), entry.reason.name) for entry in entries}
    assert crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == number


def test_a_list_is_of_now_and_names_when_the_next_one_comes() -> None:
    for authority, purpose in ((FIXED.issuing, KeyPurpose.ISSUING_CA), (FIXED.root, KeyPurpose.ROOT_CA)):
        crl = x509.load_der_x509_crl(authority.revocation_list(1, ()))
        assert crl.last_update_utc == NOW.replace(microsecond=0)
        assert crl.next_update_utc == NOW.replace(microsecond=0) + CRL_VALIDITY[purpose]


def test_a_number_must_be_positive_and_a_serial_stand_once(pki: ExamplePki) -> None:
    entry = RevokedCertificate(5, NOW, RevocationReason.SUPERSEDED)
    for number, entries in ((0, ()), (1, (entry, entry))):
        with pytest.raises(InvalidInputError, match="crl-input"):
            pki.issuing.revocation_list(number, entries)


def test_nothing_issued_is_older_than_its_own_list(pki: ExamplePki) -> None:
    crl = x509.load_der_x509_crl(pki.issuing.revocation_list(1, ()))
    begins = x509.load_der_x509_certificate(pki.tsa.certificate).not_valid_before_utc
    assert crl.last_update_utc - begins >= timedelta()
