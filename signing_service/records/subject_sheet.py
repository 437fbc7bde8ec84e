"""The subject sheet (phiếu điểm môn học): what a subject teacher signs, one for each class and subject.

The sheet can stand in every pupil's file without showing another child, because it holds no line: only the root of a Merkle tree
(RFC 6962) over one commitment for each pupil. A commitment is made of two salted digests:

    marks      = SHA-256(domain ‖ salt ‖ the subject's row with every single mark)        stays with the school
    commitment = SHA-256(domain ‖ salt ‖ pupil code, the row as the form prints it, marks)

The outer salt, `marks` and the path to the root go with the pupil's own file. So anybody holding the file can check that the printed
row is the one that the teacher signed, and only the school can show, mark by mark, what it rests on. The salts have 32 random bytes: a
mark is guessed in eleven tries, its digest without them would be too.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from signing_service.ids import DocumentId, PersonCode, SchoolCode, Sha256, sha256_of
from signing_service.records.canonical import read_value, value_bytes
from signing_service.records.parties import StaffMember
from signing_service.records.sheet_reference import SheetCapacity
from signing_service.records.transcript import Subject

SHEETS_ATTACHMENT: Final = "phieu-diem-mon.json"
"""Name of the associated file that carries a pupil's sheets (`SheetAttachment`)."""

SALT_BYTES: Final = 32

SheetId = NewType("SheetId", DocumentId)
"""UUID version 4 of one version of one sheet."""

_MARKS_DOMAIN: Final = b"signing-service/subject-sheet/marks/v1\n"
_LINE_DOMAIN: Final = b"signing-service/subject-sheet/line/v1\n"


@dataclass(frozen=True, slots=True)
class SheetSignatory:
    """Whose signature the sheet is made for, and in which capacity: the signature covers its own capacity."""

    person: PersonCode
    name: str
    capacity: SheetCapacity
    in_place_of: StaffMember | None = None
    """The teacher who left; None when the teacher in charge signs."""


@dataclass(frozen=True, slots=True)
class SubjectSheet:
    """What is signed: the class's results in one subject, as one root over its pupils' commitments."""

    school_code: SchoolCode
    school_name: str
    class_name: str
    school_year: str
    subject_code: str
    subject_name: str
    signer: SheetSignatory
    version: int
    """Counts from 1; a correction before sealing makes the next version."""
    made_at: datetime
    pupils: int
    """Leaves of the tree, at least one."""
    root: Sha256
    """Merkle Tree Hash (RFC 6962, 2.1) over the commitments in the order of the class."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What one commitment is about: one pupil's row as it stands in the issued record, and the digest of the full one."""

    pupil_code: str
    subject: Subject
    marks: Sha256


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One pupil's line as the school keeps it: the full row and both salts (64 hexadecimal digits)."""

    pupil_code: str
    subject: Subject
    line_salt: Sha256
    marks_salt: Sha256


@dataclass(frozen=True, slots=True)
class KeptLines:
    """Every line of one sheet, in the order of the class; never leaves the school."""

    lines: tuple[KeptLine, ...]


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """One sheet in a pupil's file, with what ties the pupil's printed row to it."""

    sheet: str
    """The signed bytes, as text: any JSON reader gives back exactly what the signature is over."""
    signature: str
    """Base64 of the detached CMS over those bytes."""
    salt: Sha256
    """Salt of the pupil's own commitment, 64 hexadecimal digits."""
    marks: Sha256
    place: int
    """The pupil's leaf, from 0."""
    path: tuple[Sha256, ...]
    """Audit path from the leaf to the root (RFC 6962, 2.1.1)."""


@dataclass(frozen=True, slots=True)
class SheetAttachment:
    """The associated file `phieu-diem-mon.json`: the sheets in the order in which the record names them."""

    sheets: tuple[SignedSheet, ...]


def sheet_bytes(sheet: SubjectSheet) -> bytes:
    """The canonical bytes that are signed (RFC 8785).

    Raises:
        InvalidInputError: as `canonical_bytes` of a record.
    """
    return value_bytes(sheet)


def sheet_digest(sheet: SubjectSheet) -> Sha256:
    """SHA-256 of the canonical bytes: the name of the sheet."""
    return sha256_of(sheet_bytes(sheet))


def read_sheet(data: bytes) -> SubjectSheet:
    """The sheet whose canonical bytes are exactly `data`.

    Raises:
        InvalidInputError: as `read_value`.
    """
    return read_value(SubjectSheet, data)


def marks_digest(subject: Subject, salt: Sha256) -> Sha256:
    """The salted digest of a row with every single mark."""
    return _salted(_MARKS_DOMAIN, salt, value_bytes(subject))


def commitment(line: SheetLine, salt: Sha256) -> Sha256:
    """The salted digest of a line: what becomes a leaf of the sheet's tree."""
    return _salted(_LINE_DOMAIN, salt, value_bytes(line))


def _salted(domain: bytes, salt: Sha256, content: bytes) -> Sha256:
    return Sha256(hashlib.sha256(domain + bytes.fromhex(salt) + content).hexdigest())
