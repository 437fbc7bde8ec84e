"""The lines of a sheet: drawn with fresh salts, kept by the school, and the tree over their commitments."""

import secrets
from collections.abc import Iterable

from signing_service.ids import Sha256, sha256_of
from signing_service.records.canonical import to_json
from signing_service.records.issued import issued_subject
from signing_service.records.jcs import canonical_json
from signing_service.records.subject_sheet import SALT_BYTES, KeptLine, KeptLines, SheetLine, commitment, marks_digest
from signing_service.records.transcript import Subject
from signing_service.transparency.merkle import inclusion_proof, leaf_hash, perfect_root, root

Row = tuple[str, Subject]
"""A pupil's code, and the full row of one subject."""


def content_digest(rows: Iterable[Row]) -> Sha256:
    """The digest of rows without salts: equal for the same marks; stays in the school's database."""
    return sha256_of(canonical_json([[pupil, to_json(subject)] for pupil, subject in rows]))


def drawn(rows: Iterable[Row]) -> KeptLines:
    """The rows with fresh salts."""
    return KeptLines(tuple(KeptLine(pupil, subject, line_salt=_salt(), marks_salt=_salt()) for pupil, subject in rows))


def printed(line: KeptLine) -> SheetLine:
    """What of a line the commitment is about."""
    return SheetLine(line.pupil_code, issued_subject(line.subject), marks_digest(line.subject, line.marks_salt))


class SheetTree:
    """The Merkle tree over a sheet's commitments, at least one."""

    def __init__(self, kept: KeptLines) -> None:
        self._leaves = [leaf_hash(bytes.fromhex(commitment(printed(line), line.line_salt))) for line in kept.lines]

    @property
    def root(self) -> Sha256:
        """The root that is signed."""
        return Sha256(root(self, len(self._leaves)).hex())

    def path(self, place: int) -> tuple[Sha256, ...]:
        """The audit path of one leaf."""
        return tuple(Sha256(sibling.hex()) for sibling in inclusion_proof(self, place, len(self._leaves)))

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree (see `SubtreeReader`)."""
        return perfect_root(self._leaves[index << level : (index + 1) << level])


def _salt() -> Sha256:
    return Sha256(secrets.token_hex(SALT_BYTES))
