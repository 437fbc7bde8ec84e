"""Two judges that nobody here wrote, EU DSS and veraPDF, as they stand in the folder `shared` beside the checkout."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

_JUDGE = Path(__file__).resolve().parents[2] / "shared" / "validators" / "judge"
_CANNOT_BE_BUILT = 77
_SECONDS = 280


def judge_dss(files: Sequence[Path], *, trust: Path, at: str | None = None) -> list[dict[str, Any]]:
    """What EU DSS says of each file, against the anchors in `trust` (PEM); `at` is the validation time (RFC 3339), now by default."""
    options = ["--trust", str(trust), *(["--at", at] if at else [])]
    return _judged("dss", options, files)


def judge_verapdf(files: Sequence[Path]) -> list[dict[str, Any]]:
    """What veraPDF says of each file for PDF/A-3a and PDF/UA-1."""
    return _judged("verapdf", ["--flavour", "3a,ua1"], files)


def _judged(judge: str, options: list[str], files: Sequence[Path]) -> list[dict[str, Any]]:
    if not _JUDGE.is_file():
        pytest.skip("the folder `shared` does not stand beside this checkout: put it there to hear EU DSS and veraPDF")
    result = subprocess.run([str(_JUDGE), judge, *options, *map(str, files)], capture_output=True, text=True, timeout=_SECONDS, check=False)
    if result.returncode == _CANNOT_BE_BUILT:
        reason = "the judges need a JDK 17 and Maven: `make tools` (as root) installs them"
        if os.environ.get("SIGNING_SERVICE_FORBID_SKIP") == "1":
            pytest.fail(f"{reason}\n{result.stderr}")
        pytest.skip(reason)
    assert result.returncode == 0, result.stderr
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(files), result.stderr
    return answers
