"""The house as it was drawn: what stands at the top, how large a room's parts are, what never enters the repository."""

import re
import statistics
import subprocess
from pathlib import Path

from tests.conftest import CHECKOUT

TOP_LEVEL = {
    ".ci", ".dockerignore", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "Dockerfile", "Makefile", "README.md", "SECURITY.md",
    "bench", "docs", "keys", "pyproject.toml", "schemas", "signing_service", "tests",
}  # fmt: skip
LONGEST_MODULE = 400
MEDIAN_MODULE = 120


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S607 - git of the developer
    return [Path(line) for line in listed.stdout.splitlines() if (CHECKOUT / line).is_file()]


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.parts[0] for path in tracked()} <= TOP_LEVEL


def test_modules_are_small() -> None:
    lengths = {
        path: len((CHECKOUT / path).read_text("utf-8").splitlines())
        for path in tracked()
        if path.parts[0] == "signing_service" and path.suffix == ".py" and path.name != "__init__.py" and "versions" not in path.parts
    }
    assert max(lengths.values()) <= LONGEST_MODULE, max(lengths, key=lambda path: lengths[path])
    assert statistics.median(lengths.values()) <= MEDIAN_MODULE


def test_no_room_is_a_lumber_room() -> None:
    assert not [path for path in tracked() if re.search(r"(utils?|helpers?|misc|common)(\.py)?$", path.name)]


def test_no_private_key_and_no_foreign_asset_is_in_the_repository() -> None:
    forbidden = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
    offenders = [
        path
        for path in tracked()
        if path.suffix in {".ttf", ".otf", ".woff", ".woff2", ".js", ".key", ".p12", ".pfx"}
        or (path != Path("tests/layout/test_layout.py") and forbidden.search((CHECKOUT / path).read_bytes()))
    ]
    assert offenders == []
