"""Are the stored bytes still what they were? Every file is read through and its SHA-256 compared with the one under which it was stored."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from signing_service.ids import Sha256

MAX_NAMED_FAULTS = 10_000


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that the archive has promised to keep, under the name by which a person finds it."""

    name: str
    sha256: Sha256


class HeldFiles(Protocol):
    """What an archive has to show for a fixity check."""

    def expected(self) -> Iterable[HeldFile]:
        """Every file the archive has promised to keep, taken from its rows, not from what happens to lie in the store."""
        ...

    def chunks(self, file: HeldFile) -> Iterator[bytes]:
        """The stored bytes in pieces of bounded size.

        Raises:
            FileNotFoundError: nothing is stored, at the call or at the first piece.
            OSError: the medium does not give the bytes back.
        """
        ...


class Fault(StrEnum):
    """What is wrong with a stored file."""

    FLIPPED = "flipped"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FixityFault:
    """One damaged file."""

    file: HeldFile
    fault: Fault


@dataclass(frozen=True, slots=True)
class FixityReport:
    """What a walk through the archive found; `faults` names at most 10 000 files, `damaged` counts them all."""

    checked: int
    bytes_read: int
    damaged: int
    faults: tuple[FixityFault, ...]

    @property
    def sound(self) -> bool:
        """Whether every file is what it was."""
        return self.damaged == 0


def check_fixity(files: HeldFiles) -> FixityReport:
    """Read every held file once, piece by piece; memory does not grow with the archive."""
    checked = bytes_read = damaged = 0
    faults: list[FixityFault] = []
    for file in files.expected():
        fault, length = _fault_of(files, file)
        checked += 1
        bytes_read += length
        if fault is not None:
            damaged += 1
            if len(faults) < MAX_NAMED_FAULTS:
                faults.append(FixityFault(file, fault))
    return FixityReport(checked, bytes_read, damaged, tuple(faults))


def _fault_of(files: HeldFiles, file: HeldFile) -> tuple[Fault | None, int]:
    digest = hashlib.sha256()
    length = 0
    try:
        for chunk in files.chunks(file):
            digest.update(chunk)
            length += len(chunk)
    except FileNotFoundError:
        return Fault.MISSING, length
    except OSError:
        return Fault.UNREADABLE, length
    return (None if digest.hexdigest() == file.sha256 else Fault.FLIPPED), length
