"""Whatever stands in the cells, intake answers: records that are sound, findings with places, and never a traceback."""

import datetime as dt
import json
import re
from collections.abc import Mapping

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openpyxl.workbook.workbook import Workbook

from signing_service.records.schema import transcript_record_schema
from tests.intake.changed_sample import read_changed

_SHEETS = ("Danh sach HS", "Phan cong GV", "Hoc ki 1", "Hoc ki 2", "Ca nam", "Nhan xet mon", "Danh gia lai")
_ODD = (
    "",
    " ",
    "Đ",
    "CĐ",
    "7,5",
    "10.01",
    "-1",
    "H'Hen",
    "9907000001",
    "9907000002",
    "Toán",
    "STT",
    "Mã học sinh",
    "Học kỳ 2",
    "=1/0",
    "1e400",
    "Đạt",
)
_VALUES = st.one_of(
    st.none(),
    st.sampled_from(_ODD),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001 - a date cell has no time zone
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20),
)
_PLACES = st.tuples(st.sampled_from(_SHEETS), st.integers(1, 60), st.integers(1, 82))
_TRANSCRIPT = Draft202012Validator(
    {"$ref": "#/$defs/Transcript", "$defs": transcript_record_schema()["$defs"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_PLACES, _VALUES, min_size=1, max_size=40))
def test_any_cells_may_hold_anything(cells: Mapping[tuple[str, int, int], object]) -> None:
    def fill(book: Workbook) -> None:
        for (sheet, row, column), value in cells.items():
            cell = book[sheet].cell(row, column)
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = value  # type: ignore[assignment]  # the stubs narrow cell values more than openpyxl does

    answer = json.loads(json.dumps(read_changed(fill).to_json()))
    for row in answer["records"]:
        _TRANSCRIPT.validate(row["record"])
    for finding in answer["errors"] + answer["warnings"]:
        assert finding["vi"]
        assert finding["en"]
        assert finding["sheet"] in (*_SHEETS, "")
        assert finding["column"] is None or re.fullmatch("[A-Z]{1,2}", finding["column"])
