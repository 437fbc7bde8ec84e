"""A walk through the archive finds every flipped, lost or unreadable file and names it, in memory that does not grow."""

import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.archive import fixity
from signing_service.archive.fixity import Fault, FixityFault, HeldFile, check_fixity
from signing_service.ids import sha256_of


@dataclass
class Shelf:
    """Files in memory under their names, and those whose medium fails."""

    promised: list[HeldFile] = field(default_factory=list)
    stored: dict[str, bytes] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def keep(self, name: str, data: bytes) -> HeldFile:
        file = HeldFile(name, sha256_of(data))
        self.promised.append(file)
        self.stored[name] = data
        return file

    def expected(self) -> Iterable[HeldFile]:
        return iter(self.promised)

    def chunks(self, file: HeldFile) -> Iterator[bytes]:
        if file.name not in self.stored:
            raise FileNotFoundError(file.name)
        data = self.stored[file.name]
        yield data[:4]
        if file.name in self.broken:
            raise OSError(5, "medium")
        yield data[4:]


def test_an_untouched_archive_is_sound() -> None:
    shelf = Shelf()
    shelf.keep("transcripts/7A-01.pdf", b"first file")
    shelf.keep("transcripts/7A-02.pdf", b"")
    report = check_fixity(shelf)
    assert (report.sound, report.checked, report.bytes_read, report.damaged, report.faults) == (True, 2, 10, 0, ())


@given(st.binary(min_size=1, max_size=40), st.data())
def test_any_flipped_bit_is_found_and_the_file_named(data: bytes, draw: st.DataObject) -> None:
    shelf = Shelf()
    shelf.keep("before.pdf", b"before")
    damaged = shelf.keep("damaged.pdf", data)
    shelf.keep("after.pdf", b"after")
    bit = draw.draw(st.integers(0, 8 * len(data) - 1))
    changed = int.from_bytes(data, "big") ^ 1 << bit
    shelf.stored["damaged.pdf"] = changed.to_bytes(len(data), "big")
    report = check_fixity(shelf)
    assert not report.sound
    assert report.checked == 3
    assert report.faults == (FixityFault(damaged, Fault.FLIPPED),)


@pytest.mark.parametrize("data", [b"whole fil", b"whole file!", b""])
def test_a_cut_or_lengthened_file_is_found(data: bytes) -> None:
    shelf = Shelf()
    shelf.keep("a.pdf", b"whole file")
    shelf.stored["a.pdf"] = data
    assert [found.fault for found in check_fixity(shelf).faults] == [Fault.FLIPPED]


def test_lost_and_unreadable_files_are_told_apart_and_the_walk_goes_on() -> None:
    shelf = Shelf()
    lost, unreadable = shelf.keep("lost.pdf", b"lost file"), shelf.keep("unreadable.pdf", b"bad medium")
    shelf.keep("good.pdf", b"good file")
    del shelf.stored["lost.pdf"]
    shelf.broken.add("unreadable.pdf")
    report = check_fixity(shelf)
    assert report.faults == (FixityFault(lost, Fault.MISSING), FixityFault(unreadable, Fault.UNREADABLE))
    assert (report.checked, report.damaged) == (3, 2)


def test_a_burnt_down_archive_is_counted_whole_and_named_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixity, "MAX_NAMED_FAULTS", 5)
    shelf = Shelf()
    for number in range(8):
        shelf.keep(f"{number}.pdf", b"x")
    shelf.stored.clear()
    report = check_fixity(shelf)
    assert (report.damaged, len(report.faults)) == (8, 5)


@dataclass
class Folder:
    """Files on disk, read in pieces of 64 KiB."""

    root: Path
    files: tuple[HeldFile, ...]

    def expected(self) -> Iterable[HeldFile]:
        return self.files

    def chunks(self, file: HeldFile) -> Iterator[bytes]:
        with (self.root / file.name).open("rb") as stream:
            while piece := stream.read(65536):
                yield piece


def test_large_files_are_streamed(tmp_path: Path) -> None:
    data = bytes(16 * 1024 * 1024)
    (tmp_path / "large.pdf").write_bytes(data)
    folder = Folder(tmp_path, (HeldFile("large.pdf", sha256_of(data)), HeldFile("absent.pdf", sha256_of(b""))))
    del data
    tracemalloc.start()
    report = check_fixity(folder)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(found.file.name, found.fault) for found in report.faults] == [("absent.pdf", Fault.MISSING)]
    assert peak < 1024 * 1024
