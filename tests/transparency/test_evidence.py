"""`FILE.evidence`: one spelling, read strictly, believed only under a key that the reader trusts."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256, sha256_of
from signing_service.shipped import shipped_path
from signing_service.transparency.checkpoint import sign_checkpoint, verifier_key
from signing_service.transparency.evidence import (
    MAX_EVIDENCE_BYTES,
    Evidence,
    InclusionReason,
    check_inclusion,
    evidence_bytes,
    evidence_path,
    evidence_schema,
    log_leaf_schema,
    read_evidence,
)
from signing_service.transparency.leaf import LeafKind, LogLeaf
from signing_service.transparency.merkle import leaf_hash
from tests.transparency.memory import ORIGIN, MemoryLog, commitments, log_key

FILE = sha256_of(b"a frozen file")
KEY = verifier_key(ORIGIN, log_key())


def example(others: int = 7) -> Evidence:
    """The evidence of a file logged after `others` leaves and before five more."""
    log = MemoryLog().open()
    leaf = LogLeaf(LeafKind.ISSUANCE, FILE, bytes(range(32)))
    log.append(commitments(others))
    (index,) = log.append([leaf.commitment])
    log.append(commitments(5, 1000))
    proof = log.prove(index)
    return Evidence(
        leaf=leaf,
        record_digest=sha256_of(b"a record"),
        leaf_index=proof.index,
        tree_size=proof.size,
        inclusion_proof=proof.path,
        checkpoint=proof.checkpoint,
        log_key=log.verifier,
        issued_at=datetime(2026, 5, 31, 8, 0, tzinfo=UTC),
    )


EXAMPLE = example()
DOCUMENT: dict[str, Any] = json.loads(evidence_bytes(EXAMPLE))


def written(document: object) -> bytes:
    return json.dumps(document).encode()


def test_it_is_read_back_as_it_was_written() -> None:
    assert read_evidence(evidence_bytes(EXAMPLE)) == EXAMPLE
    assert evidence_bytes(example()) == evidence_bytes(EXAMPLE)


def test_golden_bytes() -> None:
    """The file was written once; version 1 has to be read, and written, like this for as long as there are archives."""
    golden = Path(__file__).with_name("v1.evidence").read_bytes()
    assert evidence_bytes(EXAMPLE) == golden
    assert read_evidence(golden) == EXAMPLE


def test_it_names_nobody() -> None:
    assert DOCUMENT.keys() == {
        "format",
        "issued_at",
        "record_digest",
        "leaf",
        "log_key",
        "leaf_index",
        "tree_size",
        "inclusion_proof",
        "checkpoint",
    }
    assert DOCUMENT["leaf"].keys() == {"kind", "file_sha256", "salt"}


@pytest.mark.parametrize("others", [0, 1, 2, 255, 256, 300])
def test_a_logged_file_is_included(others: int) -> None:
    result = check_inclusion(read_evidence(evidence_bytes(example(others))), FILE, KEY)
    assert (result.included, result.checkpoint_size, result.reason) == (True, others + 6, InclusionReason.INCLUDED)


def test_nothing_is_proven_under_a_key_that_nobody_vouched_for() -> None:
    result = check_inclusion(EXAMPLE, FILE, None)
    assert (result.included, result.checkpoint_size, result.reason) == (False, 13, InclusionReason.LOG_KEY_UNKNOWN)


def test_a_log_of_one_s_own_does_not_help_a_forger() -> None:
    forger = log_key(66)
    leaf = LogLeaf(LeafKind.ISSUANCE, FILE, bytes(32))
    forged = replace(
        EXAMPLE,
        leaf=leaf,
        leaf_index=0,
        tree_size=1,
        inclusion_proof=(),
        checkpoint=sign_checkpoint(ORIGIN, 1, leaf_hash(leaf.commitment), forger),
        log_key=verifier_key(ORIGIN, forger),
    )
    assert check_inclusion(forged, FILE, None).reason is InclusionReason.LOG_KEY_UNKNOWN
    assert check_inclusion(forged, FILE, KEY).reason is InclusionReason.LOG_KEY_DIFFERS
    assert check_inclusion(replace(forged, log_key=KEY), FILE, KEY).reason is InclusionReason.CHECKPOINT_INVALID


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (replace(EXAMPLE, leaf=replace(EXAMPLE.leaf, salt=bytes(32))), InclusionReason.PROOF_INVALID),
        (replace(EXAMPLE, leaf_index=6), InclusionReason.PROOF_INVALID),
        (replace(EXAMPLE, tree_size=12), InclusionReason.PROOF_INVALID),
        (replace(EXAMPLE, inclusion_proof=EXAMPLE.inclusion_proof[1:]), InclusionReason.PROOF_INVALID),
        (replace(EXAMPLE, checkpoint=EXAMPLE.checkpoint.replace("\n13\n", "\n14\n")), InclusionReason.CHECKPOINT_INVALID),
    ],
)
def test_an_altered_proof_proves_nothing(changed: Evidence, reason: InclusionReason) -> None:
    result = check_inclusion(changed, FILE, KEY)
    assert (result.included, result.reason) == (False, reason)


def test_evidence_speaks_of_one_file_only() -> None:
    result = check_inclusion(EXAMPLE, sha256_of(b"another file"), KEY)
    assert (result.included, result.reason) == (False, InclusionReason.OTHER_FILE)


@given(st.integers(0, len(evidence_bytes(EXAMPLE)) - 1), st.integers(0, 7))
def test_a_flipped_bit_never_changes_what_is_proven(place: int, bit: int) -> None:
    """Refused, or without proof, or only the issuer's claims (when it was made, which record) are touched."""
    data = bytearray(evidence_bytes(EXAMPLE))
    data[place] ^= 1 << bit
    try:
        changed = read_evidence(bytes(data))
    except InvalidInputError:
        return
    result = check_inclusion(changed, FILE, KEY)
    claims = replace(changed, issued_at=EXAMPLE.issued_at, record_digest=EXAMPLE.record_digest)
    assert result.included == (claims == EXAMPLE)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    with pytest.raises(InvalidInputError):
        read_evidence(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"9" * 10_000,
        b'{"a":NaN}',
        b" " * (MAX_EVIDENCE_BYTES + 1),
        evidence_bytes(EXAMPLE) + b"{}",
        evidence_bytes(EXAMPLE).replace(b'"leaf_index":7', b'"leaf_index":7,"leaf_index":7'),
        b"\xef\xbb\xbf" + evidence_bytes(EXAMPLE),
    ],
)
def test_what_is_not_unambiguous_json_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInputError, match="json-malformed"):
        read_evidence(data)


VALIDATOR = Draft202012Validator(json.loads(shipped_path("schemas", "evidence.schema.json").read_text("utf-8")))


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        DOCUMENT | {"name": "x"},
        {name: value for name, value in DOCUMENT.items() if name != "record_digest"},
        DOCUMENT | {"format": "signing-service/evidence/v2"},
        DOCUMENT | {"leaf_index": "7"},
        DOCUMENT | {"leaf_index": True},
        DOCUMENT | {"leaf_index": -1},
        DOCUMENT | {"tree_size": 0},
        DOCUMENT | {"tree_size": 2**63},
        DOCUMENT | {"record_digest": DOCUMENT["record_digest"].upper()},
        DOCUMENT | {"issued_at": "2026-05-31 08:00"},
        DOCUMENT | {"inclusion_proof": ["00" * 31]},
        DOCUMENT | {"inclusion_proof": ["00" * 32] * 65},
        DOCUMENT | {"inclusion_proof": "00" * 32},
        DOCUMENT | {"leaf": DOCUMENT["leaf"] | {"kind": "closing"}},
        DOCUMENT | {"leaf": DOCUMENT["leaf"] | {"pupil": "x"}},
        DOCUMENT | {"leaf": DOCUMENT["leaf"] | {"salt": ""}},
        DOCUMENT | {"checkpoint": "x" * 65_537},
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(document: object) -> None:
    assert not VALIDATOR.is_valid(document)
    with pytest.raises(InvalidInputError, match="evidence-malformed"):
        read_evidence(written(document))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (DOCUMENT | {"issued_at": "2026-02-30T00:00:00Z"}, "evidence-malformed"),
        (DOCUMENT | {"checkpoint": "\ud800"}, "evidence-malformed"),
        (DOCUMENT | {"leaf_index": 7.0}, "evidence-malformed"),
        (DOCUMENT | {"log_key": DOCUMENT["log_key"].replace("+", "+0", 1)[:-1]}, "evidence-malformed"),
        (DOCUMENT | {"log_key": "x" + DOCUMENT["log_key"]}, "log-key-malformed"),
    ],
)
def test_the_reader_also_refuses_what_a_schema_cannot_say(document: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidInputError, match=code):
        read_evidence(written(document))


@pytest.mark.parametrize(
    "changed",
    [
        replace(EXAMPLE, issued_at=datetime(2026, 5, 31)),  # noqa: DTZ001 -- that it is naive is the point
        replace(EXAMPLE, record_digest=Sha256("x")),
        replace(EXAMPLE, tree_size=0),
        replace(EXAMPLE, inclusion_proof=(bytes(31),)),
    ],
)
def test_what_could_not_be_read_is_not_written(changed: Evidence) -> None:
    with pytest.raises(InvalidInputError, match="evidence-malformed"):
        evidence_bytes(changed)


def test_it_stands_beside_the_file() -> None:
    assert evidence_path(Path("transcripts/a.pdf")) == Path("transcripts/a.pdf.evidence")


@pytest.mark.parametrize(("name", "schema"), [("evidence", evidence_schema()), ("log-leaf", log_leaf_schema())])
def test_published_schemas_are_those_of_the_code(name: str, schema: dict[str, Any]) -> None:
    """After a change: write `json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False)` and a newline to the file."""
    published = shipped_path("schemas", f"{name}.schema.json").read_text("utf-8")
    assert published == json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    Draft202012Validator.check_schema(json.loads(published))


def test_what_we_write_the_schemas_accept() -> None:
    VALIDATOR.validate(DOCUMENT)
    Draft202012Validator(json.loads(shipped_path("schemas", "log-leaf.schema.json").read_text("utf-8"))).validate(DOCUMENT["leaf"])
