from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from signing_service.errors import IntegrityError
from signing_service.pki.building import draft
from signing_service.pki.lint import lint
from signing_service.pki.names import SubjectName
from signing_service.pki.profiles import CertificateProfile, ExtendedUsage, KeyUsage, certificate_profile
from signing_service.pki.urls import PublicUrls
from tests.pki_factory import BASE_URL

START = datetime(2026, 9, 5, tzinfo=UTC)
END = START + timedelta(days=4000)


def drafted(profile: CertificateProfile, **changes: Any) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    name = SubjectName("Ví Dụ", "Trường Ví Dụ").to_der()
    arguments: dict[str, Any] = {
        "subject": name,
        "public_key": key,
        "issuer": name,
        "issuer_key": key,
        "issuer_name": "issuing-ca-00000000",
        "urls": PublicUrls(BASE_URL),
        "not_before": START,
        "not_after": START + profile.validity,
    }
    return draft(profile, **{**arguments, **changes})


@pytest.mark.parametrize("name", ["issuing-ca", "person", "seal", "tsa", "ocsp-responder"])
def test_a_true_draft_passes(name: str) -> None:
    profile = certificate_profile(name)
    lint(drafted(profile), profile, issuer_not_after=END)


@pytest.mark.parametrize(
    ("promise", "name", "change"),
    [
        ("key-usage", "person", {"key_usage": frozenset({KeyUsage.DIGITAL_SIGNATURE})}),
        ("key-usage", "person", {"key_usage": frozenset({KeyUsage.CONTENT_COMMITMENT, KeyUsage.DIGITAL_SIGNATURE})}),
        ("basic-constraints", "issuing-ca", {"path_length": 3}),
        ("time-stamping", "tsa", {"extended_key_usage": None}),
        ("time-stamping", "person", {"extended_key_usage": ExtendedUsage.TIME_STAMPING}),
        ("policy", "seal", {"policy": None}),
        ("validity", "person", {"validity": timedelta(days=1096)}),
    ],
)
def test_a_draft_that_breaks_a_promise_is_never_signed(promise: str, name: str, change: dict[str, Any]) -> None:
    profile = certificate_profile(name)
    with pytest.raises(IntegrityError, match=rf"certificate-lint.*\({promise}\)"):
        lint(drafted(replace(profile, **change)), profile, issuer_not_after=END)


def test_a_draft_beyond_its_issuer_or_ending_before_it_begins_is_never_signed() -> None:
    profile = certificate_profile("person")
    with pytest.raises(IntegrityError, match="within-issuer"):
        lint(drafted(profile), profile, issuer_not_after=START + timedelta(days=30))
    with pytest.raises(IntegrityError, match="within-issuer"):
        lint(drafted(profile, not_after=START), profile, issuer_not_after=END)
