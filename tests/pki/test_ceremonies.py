"""The ceremonies are read by people; these tests keep them true to the profiles."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from signing_service.pki.profiles import certificate_profile
from signing_service.ports import KeyPurpose
from signing_service.shipped import shipped_path

FILES = sorted(shipped_path("keys", "ceremonies").glob("*.toml"))


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_kind_of_key_has_its_ceremony() -> None:
    assert sorted(read(path)["key-purpose"] for path in FILES) == sorted(KeyPurpose)


def test_every_profile_has_its_ceremony() -> None:
    named = [name for path in FILES for name in (read(path)["profile"], *read(path).get("or-profiles", []))]
    profiles = [path.stem for path in shipped_path("keys", "profiles").glob("*.toml")]
    assert sorted(name for name in named if name != "none") == sorted(profiles)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_ceremony_agrees_with_its_profile(path: Path) -> None:
    ceremony = read(path)
    assert ceremony["name"] == path.stem
    assert ceremony["title"]
    assert ceremony["present"]
    assert ceremony["steps"]
    if ceremony["key-purpose"] == KeyPurpose.TRANSPARENCY_LOG:
        assert (ceremony["profile"], ceremony["algorithm"], ceremony["signed-by"]) == ("none", "Ed25519", "none")
        return
    profile = certificate_profile(ceremony["profile"])
    assert profile.key_purpose == ceremony["key-purpose"]
    assert profile.issuer == ceremony["signed-by"]
    assert ceremony["algorithm"] == profile.algorithm
    assert {certificate_profile(name).key_purpose for name in ceremony.get("or-profiles", [])} <= {profile.key_purpose}
    assert (ceremony["pin"] == "required") == (profile.key_purpose is KeyPurpose.PERSON_SIGNATURE)


def test_no_private_key_stands_among_the_reviewed_files() -> None:
    for path in shipped_path("keys").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"PRIVATE KEY" not in content
            assert path.suffix in {".toml", ".md", ".pem"}
