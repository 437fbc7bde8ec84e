"""The main job, run as its user runs it, and what it leaves behind."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pypdf import PdfReader
from starlette.testclient import TestClient

from signing_service.asgi import create_app
from signing_service.bootstrap import open_service
from signing_service.cli import main
from signing_service.cli.serve import doors_of
from signing_service.custody import material
from signing_service.custody.pin import Pin
from signing_service.settings import Settings
from signing_service.verification.isolated import IsolatedVerifier
from tests.judges import judge_dss, judge_verapdf

PUPILS = 35 + 45 + 45
AWARDS = 1 + 15 + 44
ROLES = {"transcripts": ["homeroom-teacher", "principal", "school-seal"], "awards": ["award-authority", "office-seal"]}
FIELDS = {"transcripts": ["GVCN", "HT", "DAU"], "awards": ["NGUOI_KY", "DAU_CO_QUAN"]}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a demo's output (`out`), data (`data`) and everything it printed (`log`); its secrets were watched."""
    folder = tmp_path_factory.mktemp("demo")
    secrets: list[bytes] = []
    generate, initialise = material.generate, Pin.__init__

    def watched_generate(*arguments: object) -> object:
        private = generate(*arguments)  # type: ignore[arg-type] # passed through
        raw = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        secrets.append(raw)
        if isinstance(private, EllipticCurvePrivateKey):
            secrets.append(private.private_numbers().private_value.to_bytes(32, "big"))
        elif isinstance(private, Ed25519PrivateKey):
            secrets.append(private.private_bytes_raw())
        return private

    def watched_pin(self: Pin, text: str) -> None:
        secrets.append(text.encode())
        initialise(self, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(folder / "data"))
        patch.setattr("signing_service.custody.cabinet.generate", watched_generate)
        patch.setattr(Pin, "__init__", watched_pin)
        with (folder / "log").open("w") as log, pytest.MonkeyPatch.context() as streams:
            streams.setattr(sys, "stdout", log)
            streams.setattr(sys, "stderr", log)
            assert main(["demo", "--out", str(folder / "out")]) == 0
    assert len(secrets) > 2 * 8
    (folder / "watched.json").write_text(json.dumps([secret.hex() for secret in secrets]))
    return folder


@pytest.fixture(scope="module")
def files(demo: Path) -> list[Path]:
    transcripts, awards = (sorted((demo / "out" / folder).glob("*.pdf")) for folder in ROLES)
    assert (len(transcripts), len(awards)) == (PUPILS, AWARDS)
    return [*transcripts, *awards]


def verify_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    code = main(["verify", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_every_file_is_believed_with_the_trust_list_and_its_evidence(
    demo: Path, files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code, reports = verify_json(capsys, "--trust", str(demo / "out" / "trust.pem"), *map(str, files))
    assert code == 0
    for file, report in zip(files, reports, strict=True):
        assert report["indication"] == "TOTAL-PASSED"
        assert report["current_status"] == "not-checked"
        assert report["modified_after_signing"] is False
        assert [(s["role"], s["level"], s["indication"]) for s in report["signatures"]] == [  # type: ignore[attr-defined] # JSON
            (role, "B-LTA", "TOTAL-PASSED") for role in ROLES[file.parent.name]
        ]
        assert report["log"]["included"] is True  # type: ignore[index] # JSON
        assert (report["record"]["digest_ok"], report["record"]["rerendered"]) == (True, "equal")  # type: ignore[index] # JSON
        sheets = report["subject_sheets"]
        assert bool(sheets) == (file.parent.name == "transcripts")
        assert {sheet["indication"] for sheet in sheets} <= {"TOTAL-PASSED"}  # type: ignore[attr-defined] # JSON


def test_without_our_anchors_nothing_is_believed(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    code, reports = verify_json(capsys, str(files[0]))
    assert (code, reports[0]["indication"], reports[0]["sub_indication"]) == (3, "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")


def test_the_exit_codes_are_those_of_the_contract(
    demo: Path, files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trust = ["--trust", str(demo / "out" / "trust.pem")]
    broken, text, unsigned = tmp_path / "broken.pdf", tmp_path / "text.pdf", tmp_path / "unsigned.pdf"
    data = bytearray(files[0].read_bytes())
    data[data.index(b"/ByteRange") - 1000] ^= 1
    broken.write_bytes(data)
    text.write_text("không phải PDF")
    unsigned.write_bytes(files[0].read_bytes().split(b"%%EOF\n")[0] + b"%%EOF\n")
    assert main(["verify", *trust, str(files[0])]) == 0
    assert main(["verify", *trust, str(files[0]), str(broken)]) == 1
    assert main(["verify", *trust, str(files[0]), str(unsigned)]) == 3
    assert main(["verify", *trust, str(broken), str(unsigned)]) == 1
    assert main(["verify", *trust, str(broken), str(text)]) == 2
    assert main(["verify", *trust, "--at", "hôm qua", str(files[0])]) == 2
    assert main(["verify", *trust, str(tmp_path / "missing.pdf")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_two_years_on_a_file_is_still_believed(demo: Path, files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--trust", str(demo / "out" / "trust.pem"), "--at", "2028-11-24T00:00:00Z", *map(str, files[::4])]) == 0
    assert "TOTAL-PASSED" in capsys.readouterr().out


def test_every_transcript_of_the_sample_takes_two_pages(files: list[Path]) -> None:
    lengths = Counter(len(PdfReader(file).pages) for file in files if file.parent.name == "transcripts")
    assert lengths == {2: PUPILS}


def test_links_csv_names_every_file_once(demo: Path, files: list[Path]) -> None:
    with (demo / "out" / "links.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == ["file", "kind", "link", "short code"]
    assert sorted(row[0] for row in rows[1:]) == sorted(f"{file.parent.name}/{file.name}" for file in files)
    assert len({row[2] for row in rows[1:]}) == len({row[3] for row in rows[1:]}) == PUPILS + AWARDS
    kinds = Counter(row[1] for row in rows[1:])
    assert kinds == {"transcript": PUPILS, "award-decision": 1, "award-certificate": AWARDS - 1}


def test_any_demo_link_is_answered_and_no_child_is_named(demo: Path) -> None:
    with (demo / "out" / "links.csv").open(encoding="utf-8", newline="") as handle:
        links = [row["link"] for row in csv.DictReader(handle)]
    with (
        IsolatedVerifier() as verifier,
        open_service(Settings(data_directory=demo / "data" / "demo")) as service,
        TestClient(create_app(doors_of(service, verifier))) as client,
    ):
        for link in links[:: len(links) // 8]:
            page = client.get(link.removeprefix(service.identity.base_url))
            assert page.status_code == 200
            assert "HỢP LỆ" in page.text.upper()
            assert "9901" not in page.text
        unknown = client.get("/v/" + "0" * 32)
        assert unknown.status_code == 404
        assert client.get("/log/checkpoint").status_code == 200


def test_no_private_key_and_no_pin_is_left_anywhere(demo: Path) -> None:
    secrets = [bytes.fromhex(text) for text in json.loads((demo / "watched.json").read_text())]
    left = [path for part in ("out", "data", "log") for path in [demo / part, *(demo / part).rglob("*")] if path.is_file()]
    assert len(left) > 2 * PUPILS
    for path in left:
        data = path.read_bytes()
        assert b"PRIVATE KEY" not in data, path
        for secret in secrets:
            assert secret not in data, path
            assert secret.hex().encode() not in data, path


def test_fixity_names_the_file_with_a_flipped_bit(demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SIGNING_SERVICE_DATA_DIRECTORY", str(demo / "data" / "demo"))
    assert main(["archive", "fixity", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["checked"] == len(("basis", "record", "file", "evidence", "report")) * (PUPILS + AWARDS)
    flipped = min(_heads(demo))
    victim = demo / "data" / "demo" / "blobs" / flipped[:2] / flipped[2:]
    whole = victim.read_bytes()
    victim.write_bytes(whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])
    try:
        code = main(["archive", "fixity", "--json"])
    finally:
        victim.write_bytes(whole)
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert (code, [(fault["sha256"], fault["fault"]) for fault in faults]) == (1, [(flipped, "flipped")])
    assert faults[0]["name"].endswith("/file")


def _heads(demo: Path) -> set[str]:
    with open_service(Settings(data_directory=demo / "data" / "demo")) as service, service.database.begin() as unit:
        return {document.head for _place, document in unit.documents.page(after=0, limit=PUPILS)}


def test_eu_dss_believes_every_file_now(demo: Path, files: list[Path]) -> None:
    # Two judges at once: each is a program of its own and takes a second a file.
    with ThreadPoolExecutor(2) as judges:
        list(judges.map(lambda part: _require_believed(demo, files[part::2], at=None), range(2)))


def test_eu_dss_believes_two_years_on_what_it_believes_now(demo: Path, files: list[Path]) -> None:
    _require_believed(demo, files[::8], at="2028-11-24T00:00:00Z")


def _require_believed(demo: Path, files: list[Path], *, at: str | None) -> None:
    for file, verdict in zip(files, judge_dss(files, trust=demo / "out" / "trust.pem", at=at), strict=True):
        assert [signature["field"] for signature in verdict["signatures"]] == FIELDS[file.parent.name]
        for signature in verdict["signatures"]:
            assert (signature["indication"], signature["level"]) == ("TOTAL_PASSED", "PAdES-BASELINE-LTA")
            assert (signature["errors"], signature["undefined_changes"]) == ([], 0)
            assert [warning for warning in signature["warnings"] if not warning.startswith("Elements overlap")] == []


def test_verapdf_passes_both_profiles_on_every_file(files: list[Path]) -> None:
    for verdict in judge_verapdf(files):
        assert (verdict["3a"]["compliant"], verdict["ua1"]["compliant"]) == (True, True)


def test_pdfsig_finds_every_signature_valid(files: list[Path], tool: Callable[[str], str]) -> None:
    for file in files:
        said = subprocess.run([tool("pdfsig"), str(file)], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
        assert said.stdout.count("Signature is Valid.") == len(FIELDS[file.parent.name])


def test_the_slips_of_a_class_carry_a_code_for_each_pupil_and_the_class_is_there_to_print(demo: Path) -> None:
    (slips,) = (demo / "out" / "slips").glob("*.csv")
    with slips.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == len({row["Mã truy cập"] for row in rows}) == 35
    assert (demo / "out" / "slips" / f"{slips.stem}.pdf").read_bytes().startswith(b"%PDF")
    assert (demo / "out" / "print" / f"{slips.stem}.pdf").read_bytes().startswith(b"%PDF")
