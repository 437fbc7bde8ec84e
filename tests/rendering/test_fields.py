import io
from typing import Any

import pikepdf
import pytest

from signing_service.errors import IntegrityError
from signing_service.rendering.document import FIELD_SIZES_MM
from signing_service.rendering.fields import SignatureField, with_signature_fields
from tests.rendering.documents import example_document

MM = 72 / 25.4
HIDDEN_NOTHING_PRINT_LOCKED = 132


@pytest.fixture(scope="module")
def pdf() -> Any:
    with pikepdf.open(io.BytesIO(example_document().pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def fields(pdf: Any) -> dict[str, Any]:
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def _millimetres(field: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(value) / MM for value in field.Rect)
    return left, bottom, right, top


def test_three_empty_fields_in_the_order_of_signing(pdf: Any, fields: dict[str, Any]) -> None:
    assert list(fields) == ["GVCN", "HT", "DAU"]
    assert int(pdf.Root.AcroForm.SigFlags) == 3
    for field in fields.values():
        assert field.FT == "/Sig"
        assert field.Subtype == "/Widget"
        assert "/V" not in field
        assert int(field.F) == HIDDEN_NOTHING_PRINT_LOCKED


def test_each_field_is_described_and_tagged_as_a_form(pdf: Any, fields: dict[str, Any]) -> None:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for field in fields.values():
        element = parents[int(field.StructParent)]
        assert element.S == "/Form"
        assert str(element.Alt) == str(field.TU) == str(field.Contents) != ""
        # Not in an array of one: pyHanko's difference analysis would not find the widget.
        assert (str(element.K.Type), element.K.Obj.objgen) == ("/OBJR", field.objgen)
        assert any(field.objgen == annotation.objgen for annotation in field.P.Annots)
        assert field.P.Tabs == "/S"


def test_the_description_names_who_signs(fields: dict[str, Any]) -> None:
    assert "H'Mẫu Niê Kđăm" in str(fields["GVCN"].TU)
    assert "Trần Thị Nguyên Mẫu" in str(fields["HT"].TU)
    assert "Trường TH&THCS Suối Mẫu" in str(fields["DAU"].TU)


def test_only_the_seal_locks_and_it_locks_all_three_by_name(fields: dict[str, Any]) -> None:
    assert "/Lock" not in fields["GVCN"]
    assert "/Lock" not in fields["HT"]
    lock = fields["DAU"].Lock
    assert (str(lock.Type), str(lock.Action)) == ("/SigFieldLock", "/Include")
    assert [str(name) for name in lock.Fields] == ["GVCN", "HT", "DAU"]


def test_fields_have_their_size_on_paper_and_an_empty_appearance_of_that_size(fields: dict[str, Any]) -> None:
    for name, field in fields.items():
        left, bottom, right, top = _millimetres(field)
        assert (right - left, top - bottom) == pytest.approx(FIELD_SIZES_MM[name], abs=0.01)
        appearance = field.AP.N
        assert [float(value) / MM for value in appearance.BBox] == pytest.approx([0, 0, *FIELD_SIZES_MM[name]], abs=0.01)
        assert appearance.read_bytes().strip() == b""


def test_the_seal_covers_the_left_third_of_the_principals_signature(fields: dict[str, Any]) -> None:
    left, bottom, right, top = _millimetres(fields["HT"])
    seal_left, seal_bottom, seal_right, seal_top = _millimetres(fields["DAU"])
    assert seal_left < left
    assert (seal_right - left) / (right - left) == pytest.approx(1 / 3, abs=0.01)
    assert (seal_bottom + seal_top) / 2 == pytest.approx((bottom + top) / 2, abs=0.01)
    assert seal_left > _millimetres(fields["GVCN"])[2]


def test_the_parent_tree_stands_before_the_kids() -> None:
    root = example_document().pdf.split(b"<</Type/StructTreeRoot", 1)[1].split(b"endobj", 1)[0]
    assert 0 < root.index(b"/ParentTree") < root.index(b"/K[")


def test_the_file_is_one_revision() -> None:
    pdf = example_document().pdf
    assert pdf.count(b"%%EOF") == pdf.count(b"startxref") == 1
    assert b"/Prev" not in pdf[pdf.index(b"trailer\n") :]


def test_a_file_that_typst_did_not_write_is_refused() -> None:
    field = SignatureField("GVCN", "mẫu")
    for foreign in (b"", b"%PDF-1.7\n", example_document().pdf[:-40], example_document().pdf):
        with pytest.raises(IntegrityError, match="unexpected-pdf-grammar"):
            with_signature_fields(foreign, (field,))
