"""Programs that nobody here wrote believe the file: after every signature, when finished, and two years on."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tests.judges import judge_dss, judge_verapdf
from tests.signing.case import SigningCase

TWO_YEARS_ON = (datetime.now(UTC) + timedelta(days=730)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, heads: tuple[bytes, ...], finished: bytes) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("signed")
    paths = []
    for number, pdf in enumerate((*heads, finished)):
        paths.append(folder / f"{number}.pdf")
        paths[-1].write_bytes(pdf)
    return tuple(paths)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory, case: SigningCase) -> Path:
    path = tmp_path_factory.mktemp("trust") / "trust.pem"
    path.write_bytes(case.pki.anchors_pem)
    return path


@pytest.mark.parametrize("at", [None, TWO_YEARS_ON], ids=["now", "two years on"])
def test_eu_dss_passes_every_signature_as_b_lta_without_a_complaint(files: tuple[Path, ...], trust: Path, at: str | None) -> None:
    (answer,) = judge_dss(files[-1:], trust=trust, at=at)
    assert [signature["field"] for signature in answer["signatures"]] == ["GVCN", "HT", "DAU"]
    for signature in answer["signatures"]:
        assert (signature["indication"], signature["level"]) == ("TOTAL_PASSED", "PAdES-BASELINE-LTA")
        assert signature["errors"] == []
        # The seal lies over the principal's signature because Nghị định 30/2020/NĐ-CP says so.
        assert all(warning.startswith("Elements overlap") for warning in signature["warnings"])
        assert (signature["undefined_changes"], signature["annotation_changes"], signature["visual_difference"]) == (0, 0, 0)
    assert {stamp["indication"] for stamp in answer["timestamps"]} == {"PASSED"}
    assert [stamp["type"] for stamp in answer["timestamps"]] == ["SIGNATURE_TIMESTAMP"] * 3 + ["DOCUMENT_TIMESTAMP"]


def test_verapdf_passes_both_profiles_before_and_after_every_signature(files: tuple[Path, ...]) -> None:
    for answer in judge_verapdf(files):
        assert answer["3a"] == {"compliant": True, "failed": {}}, answer["file"]
        assert answer["ua1"] == {"compliant": True, "failed": {}}, answer["file"]


def test_pdfsig_finds_every_signature_valid(files: tuple[Path, ...], tool: Callable[[str], str]) -> None:
    told = subprocess.run([tool("pdfsig"), "-nocert", str(files[-1])], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 3
    # pdfsig cannot judge document time-stamps, the fourth.
    assert told.count("Signature Validation:") == 4


def test_pyhanko_believes_every_signature_strictly(case: SigningCase, finished: bytes) -> None:
    reader = PdfFileReader(BytesIO(finished))
    context = _context(reader, case)
    for signature in reader.embedded_regular_signatures:
        status = validate_pdf_signature(
            signature,
            signer_validation_context=context,
            ts_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
        )
        assert status.bottom_line, signature.field_name
        assert status.timestamp_validity is not None
        assert status.timestamp_validity.trusted
        assert status.docmdp_ok
        assert status.modification_level in {ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
    (stamp,) = reader.embedded_timestamp_signatures
    stamped = validate_pdf_timestamp(stamp, validation_context=context)
    assert (stamped.intact, stamped.valid, stamped.trusted) == (True, True, True)
    assert stamped.coverage is SignatureCoverageLevel.ENTIRE_FILE


def _context(reader: PdfFileReader, case: SigningCase) -> Any:
    """Everything from the file itself but the anchor; nothing is fetched, and no certificate goes unasked about."""
    return DocumentSecurityStore.read_dss(reader).as_validation_context(
        {"trust_roots": [x509.Certificate.load(case.pki.root.certificate)], "allow_fetching": False, "revocation_mode": "require"}
    )
