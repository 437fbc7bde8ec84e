"""An upload is hostile: bombs, traps and rubbish give one error and no records, quickly and without a traceback."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from signing_service.intake.limits import WorkbookLimits
from signing_service.intake.reading import read_transcripts
from signing_service.sample import sample_class_workbook
from tests.intake.changed_sample import changed, read


def _repacked(change: Callable[[str, bytes], bytes], *, extra: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample_class_workbook())) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in extra:
            new.writestr(name, content)
    return buffer.getvalue()


def _code(data: bytes) -> str:
    started = time.monotonic()
    result = read(data)
    assert time.monotonic() - started < 10
    assert result.records == ()
    assert len(result.errors) == 1
    finding = result.errors[0]
    assert (finding.sheet, finding.row, finding.column) == ("", 0, None)
    return finding.code


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"%PDF-1.7", b"PK\x03\x04" + b"\x00" * 100, b"\xd0\xcf\x11\xe0" * 1000, sample_class_workbook()[:20_000]]
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert _code(data) == "workbook-not-xlsx"


def test_an_archive_without_a_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "x")
    assert _code(buffer.getvalue()) == "workbook-not-xlsx"


def test_a_zip_bomb_is_refused_while_unpacking() -> None:
    bomb = _repacked(lambda _, content: content, extra=(("xl/media/image1.png", b"\0" * 80_000_000),))
    assert len(bomb) < 1_000_000
    assert _code(bomb) == "workbook-too-large"


def test_too_many_parts_are_refused() -> None:
    extra = tuple((f"xl/media/{n}", b"") for n in range(400))
    assert _code(_repacked(lambda _, content: content, extra=extra)) == "workbook-too-large"


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # zipfile's own warning about what is being built here
def test_two_parts_of_one_name_are_refused() -> None:
    assert _code(_repacked(lambda _, content: content, extra=(("xl/workbook.xml", b"<x/>"),))) == "workbook-unsafe"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_before_anything_is_parsed(part: str) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
    )
    trap = _repacked(lambda name, content: content.replace(b"<", entities + b"]><", 1) if name == part else content)
    assert _code(trap) == "workbook-unsafe"


def test_one_cell_far_away_does_not_make_an_endless_sheet() -> None:
    def far(book: Workbook) -> None:
        book["Ca nam"]["XFD1048576"] = "x"

    assert _code(changed(far)) == "workbook-too-large"


def _with_shared_text(shared: bytes, cells: bytes) -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = b"<worksheet " + space + b"><sheetData>" + cells + b"</sheetData></worksheet>"
    strings = ("xl/sharedStrings.xml", b"<sst " + space + b">" + shared + b"</sst>")
    return _repacked(lambda name, content: sheet if name == "xl/worksheets/sheet7.xml" else content, extra=(strings,))


def test_one_long_text_shared_by_many_cells_is_counted_for_each() -> None:
    row = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 900))
    data = _with_shared_text(b"<si><t>" + b"x" * 30_000 + b"</t></si>", row)
    assert len(data) < 1_000_000
    assert _code(data) == "workbook-too-large"


def test_many_texts_of_bearable_length_are_counted_together() -> None:
    row = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 900))
    assert _code(_with_shared_text(b"<si><t>" + b"x" * 4_000 + b"</t></si>", row)) == "workbook-too-large"


def test_too_many_merged_ranges_are_refused() -> None:
    ranges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 3_000))
    trap = _repacked(
        lambda name, content: (
            content.replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>", 1)
            if name == "xl/worksheets/sheet7.xml"
            else content
        )
    )
    assert _code(trap) == "workbook-too-large"


@pytest.mark.parametrize("text", ["(" * 4_900, "a, " * 1_600, "a" + "\u0323\u0301" * 2_400, "năm học " * 600, " " * 4_900])
def test_texts_that_are_made_to_be_slow_are_not(text: str) -> None:
    def fill(book: Workbook) -> None:
        sheet = book["Ca nam"]
        for column in range(1, 60):
            sheet.cell(5, column).value = text

    started = time.monotonic()
    read(changed(fill))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(("shared", "index"), [(b"<si><t>x</si>", b"0"), (b"<si><t>x</t></si>", b"7"), (b"<si><t>x</t></si>", b"x")])
def test_shared_texts_that_are_not_there_are_refused(shared: bytes, index: bytes) -> None:
    assert _code(_with_shared_text(shared, b'<row r="1"><c r="A1" t="s"><v>' + index + b"</v></c></row>")) == "workbook-not-xlsx"


def test_the_same_texts_may_be_shared_or_not(shared: Path) -> None:
    # The outside workbooks share their texts, the sample writes them in place.
    assert len(read_transcripts((shared / "data" / "thcs-lop-7A.xlsx").read_bytes()).records) == len(read(sample_class_workbook()).records)


def test_too_many_sheets_are_refused() -> None:
    def many(book: Workbook) -> None:
        for _ in range(50):
            book.create_sheet()

    assert _code(changed(many)) == "workbook-too-large"


def test_a_file_beyond_the_size_limit_is_not_even_opened() -> None:
    result = read_transcripts(sample_class_workbook(), limits=WorkbookLimits(file_bytes=1000))
    assert [e.code for e in result.errors] == ["workbook-too-large"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_a_damaged_part_is_refused(part: str) -> None:
    for damage in (lambda content: content[: len(content) // 2], lambda _: b""):
        assert _code(_repacked(lambda name, content, d=damage: d(content) if name == part else content)) == "workbook-not-xlsx"  # type: ignore[misc]


def test_a_cell_with_an_impossible_reference_is_refused() -> None:
    trap = _repacked(lambda name, content: content.replace(b'r="A1"', b'r="-1"', 1) if name == "xl/worksheets/sheet1.xml" else content)
    assert _code(trap) == "workbook-not-xlsx"


def test_hidden_rows_and_formulas_are_seen() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Hoc ki 1"]
        sheet.row_dimensions[9].hidden = True
        sheet["F10"] = "=5+0"

    result = read(changed(change))
    assert [(w.code, w.row) for w in result.warnings] == [("row-hidden", 9)]
    assert [(e.code, e.row, e.column) for e in result.errors] == [("formula-without-value", 10, "F")]
