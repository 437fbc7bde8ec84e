import re
from datetime import timedelta

import pytest

from signing_service.errors import InvalidInputError
from signing_service.pki.policies import POLICY_ARC
from signing_service.pki.profiles import LONGEST_VALIDITY, ExtendedUsage, KeyUsage, certificate_profile, parse_profile
from signing_service.ports import KeyPurpose
from signing_service.shipped import shipped_path

PEOPLE = ("person", "person-rsa-3072", "person-rsa-3072-pss")
SEALS = ("seal", "seal-rsa-3072", "seal-rsa-3072-pss")
NAMES = ("root-ca", "issuing-ca", *PEOPLE, *SEALS, "tsa", "ocsp-responder")


def text_of(name: str) -> str:
    return shipped_path("keys", "profiles", f"{name}.toml").read_text(encoding="utf-8")


def test_the_shipped_profiles_are_exactly_these() -> None:
    assert {path.stem for path in shipped_path("keys", "profiles").iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_profile_is_named_as_its_file_and_keeps_the_legal_lifetime(name: str) -> None:
    profile = certificate_profile(name)
    assert profile.name == name
    assert timedelta() < profile.validity <= LONGEST_VALIDITY[profile.key_purpose]


def test_every_certified_purpose_has_one_profile_for_each_kind_of_key() -> None:
    profiles = [certificate_profile(name) for name in NAMES]
    assert {profile.key_purpose for profile in profiles} == set(KeyPurpose) - {KeyPurpose.TRANSPARENCY_LOG}
    assert len({(profile.key_purpose, profile.algorithm) for profile in profiles}) == len(profiles)


@pytest.mark.parametrize("name", [*PEOPLE, *SEALS])
def test_people_and_seals_commit_to_content_and_nothing_else(name: str) -> None:
    profile = certificate_profile(name)
    assert profile.key_usage == {KeyUsage.CONTENT_COMMITMENT}
    assert profile.extended_key_usage is None
    assert (profile.points_to_ocsp, profile.points_to_issuer, profile.points_to_crl) == (True, True, True)


def test_only_the_root_makes_authorities_and_only_the_issuing_authority_the_rest() -> None:
    issuers = {name: certificate_profile(name).issuer for name in NAMES}
    assert {name for name, issuer in issuers.items() if issuer is KeyPurpose.ROOT_CA} == {"root-ca", "issuing-ca"}
    assert certificate_profile("issuing-ca").path_length == 0


def test_policies_lie_under_our_arc_and_differ() -> None:
    policies = [certificate_profile(name).policy for name in NAMES if name not in {"root-ca", "issuing-ca"}]
    assert len(set(policies)) == len(policies)
    assert all(policy is not None and policy.startswith(f"{POLICY_ARC}.1.") for policy in policies)


def test_the_time_stamp_profile_has_its_sole_usage() -> None:
    assert certificate_profile("tsa").extended_key_usage is ExtendedUsage.TIME_STAMPING


@pytest.mark.parametrize(
    ("name", "pattern", "replacement", "rule"),
    [
        ("person", r"validity-days = \d+", "validity-days = 1096", "validity-days"),
        ("person", r"validity-days = \d+", "validity-days = 0", "validity-days"),
        ("person", r"validity-days = \d+", 'validity-days = "long"', ""),
        ("root-ca", r"validity-days = \d+", "validity-days = 9126", "validity-days"),
        ("issuing-ca", r"validity-days = \d+", "validity-days = 3651", "validity-days"),
        ("tsa", r"validity-days = \d+", "validity-days = 1826", "validity-days"),
        ("ocsp-responder", r"validity-days = \d+", "validity-days = 365", "validity-days"),
        ("person", r"key-usage = .*", 'key-usage = ["content-commitment", "digital-signature"]', "key-usage"),
        ("person", r"key-usage = .*", 'key-usage = ["everything"]', ""),
        ("tsa", r"extended-key-usage = .*", "extended-key-usage = []", "extended-key-usage"),
        ("tsa", r"extended-key-usage = .*", 'extended-key-usage = ["time-stamping", "ocsp-signing"]', "extended-key-usage"),
        ("seal", r"issuer = .*", 'issuer = "organisation-seal"', "issuer"),
        ("seal", r'algorithm = "P-256"', 'algorithm = "RSA-1024"', "RSA-1024"),
        ("tsa", r'algorithm = "P-256"', 'algorithm = "RSA-3072-PSS"', "algorithm"),
        ("seal", r'algorithm = "P-256"', 'algorithm = "Ed25519"', "algorithm"),
        ("seal", r"ocsp-no-check = false", "ocsp-no-check = true", "ocsp-no-check"),
        ("seal", r"points-to-crl = true", "points-to-crl = true\npath-length = 0", "path-length"),
        ("seal", r"points-to-crl = true", "points-to-crl = true\nsurprise = 1", "surprise"),
        ("seal", r"points-to-crl = true", "", "points-to-crl"),
        ("seal", r"name = .*", "name = ", ""),
    ],
)
def test_a_file_cannot_stretch_the_rules(name: str, pattern: str, replacement: str, rule: str) -> None:
    changed, count = re.subn(f"^{pattern}", replacement, text_of(name), count=1, flags=re.MULTILINE)
    assert count == 1
    with pytest.raises(InvalidInputError, match=f"certificate-profile-invalid.*{rule}"):
        parse_profile(changed)


@pytest.mark.parametrize("name", ["nobody", "", "../../pyproject"])
def test_an_unknown_profile_is_told(name: str) -> None:
    with pytest.raises(InvalidInputError, match="certificate-profile-unknown"):
        certificate_profile(name)
