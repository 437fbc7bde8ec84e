"""`FILE.evidence`: what grows beside a frozen file, format version 1: where the file stands in the log, and the salt that opens its leaf.

Deterministic JSON: UTF-8, members sorted, no white space, one newline at the end. It names nobody: digests, a salt, the log's proof.
A reader refuses what it does not know; a later version carries another `format` and adds to what stands here (evidence records, renewals).
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from signing_service.errors import InvalidInputError
from signing_service.ids import Sha256
from signing_service.transparency.checkpoint import parse_and_verify
from signing_service.transparency.leaf import LeafKind, LogLeaf
from signing_service.transparency.members import JsonObject, Members, Text, Texts, Whole, strict_json
from signing_service.transparency.merkle import MAX_PROOF_HASHES, MAX_TREE_SIZE, leaf_hash, verify_inclusion
from signing_service.transparency.note import MAX_NOTE_BYTES, VerifierKey

EVIDENCE_FORMAT = "signing-service/evidence/v1"
MAX_EVIDENCE_BYTES = 256 * 1024

_DIGEST = "[0-9a-f]{64}"
_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LEAF = Members(
    {
        "kind": Text("|".join(LeafKind), 32, "What the leaf asserts; part of its domain."),
        "file_sha256": Text(_DIGEST, 64, "SHA-256 of the file, hexadecimal."),
        "salt": Text(_DIGEST, 64, "32 random bytes, hexadecimal; without them the leaf cannot be opened."),
    },
    'An opened log leaf. Its entry in the log is SHA-256("signing-service/log-leaf/v1/" kind "\\n", salt, SHA-256 of the file).',
)

_EVIDENCE = Members(
    {
        "format": Text(EVIDENCE_FORMAT, 64, "Name and version of this format."),
        "issued_at": Text(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", 20, "When the bundle was made (UTC); the issuer's claim."
        ),
        "record_digest": Text(_DIGEST, 64, "SHA-256 of the record's canonical bytes; the issuer's claim, the file carries the record."),
        "leaf": _LEAF,
        "log_key": Text("[^ +]{1,512}[+][0-9a-f]{8}[+][A-Za-z0-9+/]{44}", 600, "The log's verifier key (c2sp.org/signed-note)."),
        "leaf_index": Whole(0, MAX_TREE_SIZE - 1, "Place of the leaf in the log, from 0."),
        "tree_size": Whole(1, MAX_TREE_SIZE, "Leaves under the checkpoint."),
        "inclusion_proof": Texts(
            Text(_DIGEST, 64, "A SHA-256 hash, hexadecimal."), MAX_PROOF_HASHES, "RFC 6962 audit path, from the leaf upwards."
        ),
        "checkpoint": Text("[^\\0]+", MAX_NOTE_BYTES, "The log's signed note (c2sp.org/tlog-checkpoint), as it was served."),
    },
    "Stands beside a frozen file as FILE.evidence and proves that the log holds it.",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file's evidence, version 1: `issued_at` is timezone-aware, in whole seconds; hashes are 32 bytes, from the leaf upwards."""

    leaf: LogLeaf
    record_digest: Sha256
    leaf_index: int
    tree_size: int
    inclusion_proof: tuple[bytes, ...]
    checkpoint: str
    log_key: VerifierKey
    issued_at: datetime

    @property
    def file_sha256(self) -> Sha256:
        """The file it speaks of."""
        return self.leaf.file_sha256


class InclusionReason(StrEnum):
    """Why a file counts as logged, or does not."""

    INCLUDED = "included"
    OTHER_FILE = "other-file"
    """The evidence speaks of another file."""
    LOG_KEY_UNKNOWN = "log-key-unknown"
    """Sound in itself, but nobody vouched for the log's key: anyone could have made it."""
    LOG_KEY_DIFFERS = "log-key-differs"
    """The checkpoint is not signed by the trusted log key."""
    CHECKPOINT_INVALID = "checkpoint-invalid"
    PROOF_INVALID = "proof-invalid"


@dataclass(frozen=True, slots=True)
class InclusionResult:
    """Whether the log holds the file. `checkpoint_size` is what the evidence claims, 0 when its checkpoint could not be believed."""

    included: bool
    checkpoint_size: int
    reason: InclusionReason


def evidence_path(file: Path) -> Path:
    """Where the evidence of `file` is found: beside it, with `.evidence` behind its whole name."""
    return file.with_name(file.name + ".evidence")


def evidence_bytes(evidence: Evidence) -> bytes:
    """The one spelling of `evidence`.

    Raises:
        InvalidInputError: a value lies outside the format (`evidence-malformed`).
    """
    document: JsonObject = {
        "format": EVIDENCE_FORMAT,
        "issued_at": evidence.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "record_digest": evidence.record_digest,
        "leaf": {
            "kind": evidence.leaf.kind.value,
            "file_sha256": evidence.leaf.file_sha256,
            "salt": evidence.leaf.salt.hex(),
        },
        "log_key": str(evidence.log_key),
        "leaf_index": evidence.leaf_index,
        "tree_size": evidence.tree_size,
        "inclusion_proof": [sibling.hex() for sibling in evidence.inclusion_proof],
        "checkpoint": evidence.checkpoint,
    }
    if evidence.issued_at.tzinfo is None or not _EVIDENCE.accepts(document):
        raise _malformed()
    return (json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def read_evidence(data: bytes) -> Evidence:
    """Read a bundle of at most 256 KiB.

    Raises:
        InvalidInputError: not JSON (`json-malformed`), not this format (`evidence-malformed`), or a key that is none (`log-key-malformed`).
    """
    document: Any = strict_json(data, most_bytes=MAX_EVIDENCE_BYTES)
    if not _EVIDENCE.accepts(document):
        raise _malformed()
    leaf = document["leaf"]
    try:
        issued_at = datetime.strptime(document["issued_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise _malformed() from None
    return Evidence(
        leaf=LogLeaf(LeafKind(leaf["kind"]), Sha256(leaf["file_sha256"]), bytes.fromhex(leaf["salt"])),
        record_digest=Sha256(document["record_digest"]),
        leaf_index=document["leaf_index"],
        tree_size=document["tree_size"],
        inclusion_proof=tuple(bytes.fromhex(sibling) for sibling in document["inclusion_proof"]),
        checkpoint=document["checkpoint"],
        log_key=VerifierKey.parse(document["log_key"]),
        issued_at=issued_at,
    )


def check_inclusion(evidence: Evidence, file_sha256: Sha256, log_key: VerifierKey | None) -> InclusionResult:
    """Whether `evidence` proves that the log of `log_key` holds the file of this digest.

    Without a `log_key` that the reader trusts, nothing is proven: a bundle that is sound in itself then answers `LOG_KEY_UNKNOWN`.
    """
    if evidence.file_sha256 != file_sha256:
        return InclusionResult(included=False, checkpoint_size=0, reason=InclusionReason.OTHER_FILE)
    if log_key is not None and evidence.log_key != log_key:
        return InclusionResult(included=False, checkpoint_size=0, reason=InclusionReason.LOG_KEY_DIFFERS)
    try:
        head = parse_and_verify(evidence.checkpoint, evidence.log_key)
    except InvalidInputError:
        return InclusionResult(included=False, checkpoint_size=0, reason=InclusionReason.CHECKPOINT_INVALID)
    if head.size != evidence.tree_size or not verify_inclusion(
        leaf_hash(evidence.leaf.commitment),
        index=evidence.leaf_index,
        size=head.size,
        proof=evidence.inclusion_proof,
        root=head.root,
    ):
        return InclusionResult(included=False, checkpoint_size=head.size, reason=InclusionReason.PROOF_INVALID)
    if log_key is None:
        return InclusionResult(included=False, checkpoint_size=head.size, reason=InclusionReason.LOG_KEY_UNKNOWN)
    return InclusionResult(included=True, checkpoint_size=head.size, reason=InclusionReason.INCLUDED)


def evidence_schema() -> JsonObject:
    """The JSON Schema 2020-12 of the format, as in `schemas/evidence.schema.json`."""
    return {"$schema": _SCHEMA_DIALECT, "title": EVIDENCE_FORMAT, **_EVIDENCE.schema()}


def log_leaf_schema() -> JsonObject:
    """The JSON Schema 2020-12 of an opened leaf, as in `schemas/log-leaf.schema.json`."""
    return {"$schema": _SCHEMA_DIALECT, "title": "signing-service/log-leaf/v1", **_LEAF.schema()}


def _malformed() -> InvalidInputError:
    return InvalidInputError(
        "evidence-malformed", vi="Tệp bằng chứng không đúng định dạng phiên bản 1.", en="Not an evidence bundle of version 1."
    )
