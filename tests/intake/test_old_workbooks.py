"""An old `.xls` is read like an `.xlsx`, and a hostile one gives one error: no crash, no circle, no flood."""

import io
import struct
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.intake.limits import DEFAULT_LIMITS, WorkbookLimits
from signing_service.intake.workbook import Sheet, open_workbook
from signing_service.records.canonical import transcript_digest
from signing_service.sample import sample_class_workbook
from tests.intake.changed_sample import changed, read
from tests.intake.old_workbook import as_xls, compound, globals_and_sheets, record, text


@pytest.fixture(scope="module")
def sample_as_xls() -> bytes:
    return as_xls(openpyxl.load_workbook(io.BytesIO(sample_class_workbook())))


def _refused(data: bytes, limits: WorkbookLimits = DEFAULT_LIMITS) -> str:
    started = time.monotonic()
    with pytest.raises(InvalidInputError) as refusal:
        open_workbook(data, limits)
    assert time.monotonic() - started < 10
    return refusal.value.code


def _one_sheet(records: bytes, **more: bytes) -> bytes:
    return compound(globals_and_sheets(["A"], [records], **more))  # type: ignore[arg-type]  # the one keyword in use is `extra`


def _values(sheet: Sheet) -> Mapping[tuple[int, int], object]:
    return {(row, column): value for row in range(1, sheet.height + 1) for column, value in sheet.filled(row)}


def test_the_sample_saved_as_xls_gives_the_same_transcripts(sample_as_xls: bytes) -> None:
    old, new = read(sample_as_xls), read(sample_class_workbook())
    assert (old.errors, old.warnings) == ((), ())
    assert [transcript_digest(r.transcript) for r in old.records] == [transcript_digest(r.transcript) for r in new.records]


@pytest.mark.parametrize(
    "name", ["tieu-hoc-lop-4B", "so_diem_tong_ket_khoi_8", "so_diem_tong_ket_khoi_8_hk1", "so_diem_tong_ket_khoi_8_hk2"]
)
def test_outside_files_are_read_as_another_reader_reads_them(shared: Path, name: str) -> None:
    data = (shared / "data" / f"{name}.xls").read_bytes()
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    mine = open_workbook(data, DEFAULT_LIMITS)
    assert [sheet.name for sheet in mine] == other.sheet_names
    for sheet in mine:
        theirs = other.get_sheet_by_name(sheet.name)
        rows = theirs.to_python(skip_empty_area=False)
        expected = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}
        found = _values(sheet)
        assert found == expected
        assert {at: type(v) for at, v in found.items()} == {at: type(v) for at, v in expected.items()}
        assert {((a - 1, b - 1), (c - 1, d - 1)) for a, b, c, d in sheet.merged} == set(theirs.merged_cell_ranges or [])


def test_hidden_rows_formulas_and_errors_are_seen() -> None:
    formula = struct.pack("<HHH", 1, 1, 0) + struct.pack("<d", 7.5) + bytes(8)
    failed = struct.pack("<HHH", 2, 1, 0) + bytes([2, 0, 42, 0, 0, 0, 255, 255]) + bytes(8)
    as_text = struct.pack("<HHH", 3, 1, 0) + bytes([0, 0, 0, 0, 0, 0, 255, 255]) + bytes(8)
    hidden = record(0x0208, struct.pack("<H10xHH", 1, 0x20, 0))
    data = _one_sheet(hidden + record(6, formula) + record(6, failed) + record(6, as_text) + record(0x207, text("Đạt")))
    (sheet,) = open_workbook(data, DEFAULT_LIMITS)
    assert (sheet.value(2, 2), sheet.value(4, 2)) == (7.5, "Đạt")
    assert sheet.facts.hidden_rows == {2}
    assert sheet.facts.formulas == {(2, 2), (3, 2), (4, 2)}
    assert sheet.facts.errors == {(3, 2)}


def test_a_chain_of_sectors_that_runs_in_a_circle_is_refused() -> None:
    stream = globals_and_sheets(["A"], [b""]).ljust(4096, b"\0")
    assert _refused(compound(stream, chain=[1, 2, 3, 0, 0, 0, 0, 0])) == "workbook-unsafe"


def test_a_chain_that_leaves_the_file_is_refused() -> None:
    stream = globals_and_sheets(["A"], [b""]).ljust(4096, b"\0")
    assert _refused(compound(stream, chain=[1, 2, 9_999, 4, 5, 6, 7, 0xFFFFFFFE])) == "workbook-not-xlsx"


def test_a_protected_workbook_is_refused_by_its_name() -> None:
    assert _refused(_one_sheet(b"", extra=record(0x2F, bytes(54)))) == "workbook-encrypted"
    # A protected .xlsx is a compound file around an encrypted package.
    assert _refused(compound(b"x", name="EncryptedPackage")) == "workbook-encrypted"


def test_a_compound_file_without_a_workbook_is_refused() -> None:
    assert _refused(compound(b"x", name="WordDocument")) == "workbook-not-xlsx"
    assert _refused(compound(b"x", name="Book")) == "workbook-not-xlsx"


@pytest.mark.parametrize(
    "records",
    [
        record(0x0203, struct.pack("<HHHd", 65_000, 0, 0, 1)),
        record(0x0203, struct.pack("<HHHd", 0, 401, 0, 1)),
        record(0xE5, struct.pack("<H", 60_000)),
        record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 6_000, 0) + b"x" * 6_000),
        b"".join(record(0xBD, struct.pack("<HH", row, 0) + bytes(6 * 300) + b"\0\0") for row in range(1_000)),
    ],
    ids=["row", "column", "merged ranges", "text", "cells"],
)
def test_a_sheet_beyond_the_limits_is_refused(records: bytes) -> None:
    assert _refused(_one_sheet(records)) == "workbook-too-large"


def test_one_long_text_used_by_many_cells_is_counted_for_each() -> None:
    cells = b"".join(record(0xFD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(900))
    data = compound(globals_and_sheets(["A"], [cells], strings=["x" * 4_000]))
    assert _refused(data) == "workbook-too-large"


def test_too_many_sheets_and_too_large_a_file_are_refused(sample_as_xls: bytes) -> None:
    assert _refused(compound(globals_and_sheets(["A"] * 50, [b""] * 50))) == "workbook-too-large"
    assert _refused(sample_as_xls, WorkbookLimits(file_bytes=1_000)) == "workbook-too-large"


@pytest.mark.parametrize(
    "records",
    [
        record(0xFD, struct.pack("<HHHI", 0, 0, 0, 7)),
        record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 500, 0)),
        record(0x0203, b"\0"),
        record(0x0203, struct.pack("<HHHd", 0, 0, 0, float("nan"))),
        struct.pack("<HH", 0x0203, 60_000),
    ],
    ids=["text that is not there", "text too short", "cell too short", "not a number", "record too long"],
)
def test_a_record_that_says_more_than_is_there_is_refused(records: bytes) -> None:
    assert _refused(_one_sheet(records)) == "workbook-not-xlsx"


def test_a_table_of_texts_that_claims_billions_is_refused() -> None:
    assert _refused(_one_sheet(b"", extra=record(0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1)))) == "workbook-not-xlsx"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_never_crash_the_reader(sample_as_xls: bytes, data: st.DataObject) -> None:
    damaged = bytearray(sample_as_xls)
    for at in data.draw(st.lists(st.integers(0, len(damaged) - 1) | st.integers(0, 4_000), min_size=1, max_size=8)):
        damaged[at] = data.draw(st.sampled_from((0, 255)) | st.integers(0, 255))
    with suppress(InvalidInputError):
        open_workbook(bytes(damaged), DEFAULT_LIMITS)


def test_a_cut_file_is_refused(sample_as_xls: bytes) -> None:
    assert _refused(sample_as_xls[:600]) == "workbook-not-xlsx"
    assert _refused(sample_as_xls[: len(sample_as_xls) // 2]) == "workbook-not-xlsx"


def test_a_sheet_far_away_in_both_directions_does_not_fill_the_memory() -> None:
    far = record(0x0203, struct.pack("<HHHd", 1_999, 399, 0, 1))
    sheets = open_workbook(compound(globals_and_sheets([f"S{n}" for n in range(40)], [far] * 40)), DEFAULT_LIMITS)
    assert sum(len(row) for sheet in sheets for row in sheet.rows) == 40 * 400


def test_an_xlsx_still_opens() -> None:
    assert len(read(changed(lambda _: None)).records) == 45
