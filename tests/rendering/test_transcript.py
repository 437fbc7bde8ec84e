import dataclasses
import hashlib
import io
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.records.canonical import read_record
from signing_service.records.parties import Pupil, StaffMember
from signing_service.records.transcript import HomeroomRemarks, Transcript
from signing_service.rendering.attachments import Attachment, Relationship
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.render_inputs import RenderInputs
from signing_service.rendering.transcript import render_transcript
from tests.records_factory import example_primary_transcript, example_pupil, example_record, example_transcript
from tests.rendering.documents import (
    LINK,
    RECORD_JSON,
    example_document,
    primary_record,
    rendered,
    text_of,
    upper_secondary_transcript,
)
from tests.verapdf import validate

RECORDS = {
    "thcs-2021": example_record,
    "thpt-2021": lambda: example_record(transcript=upper_secondary_transcript()),
    "tieu-hoc-2020": primary_record,
}
DIGESTS = {
    "thcs-2021": ("thcs-2021/2", "4e9fdedfe682cc11de20a3bd8c7101629456e5257d4844100fde4cad34768a08"),
    "thpt-2021": ("thpt-2021/1", "efc26e01157b182d5286c97ed2d4a03bf1720e753c3c6c2738508e142f6801a5"),
    "tieu-hoc-2020": ("tieu-hoc-2020/1", "8d439cee5cf10bcecf05b5d95b82867280dad680fd613a8a21929b25d97115e0"),
}
CLEAN: dict[str, list[str]] = {"3a": [], "ua1": []}
CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = ("Y Blŏ Mẫu Niê Kđăm", "H'Hen Ƀuôn Mẫu", "Y Mẫu Ƀkrông", "Trần Thị Nguyên Mẫu")
MARKUP = "#panic(1) $x^2$ \\ \"kép\" 'đơn' *đậm* _nghiêng_ @nhãn <nhãn> https://mau.example // /* `mã` [a] ~ --- ..."


@pytest.mark.parametrize("form", sorted(RECORDS))
def test_verapdf_passes_both_profiles_on_two_pages_of_a4(form: str) -> None:
    pdf = rendered(RECORDS[form]()).pdf
    assert validate(pdf) == CLEAN
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages] == [(595, 842)] * 2


def test_verapdf_can_fail() -> None:
    untagged = example_document().pdf.replace(b"/Marked true", b"/Marked null", 1)
    findings = validate(untagged)
    assert findings["3a"]
    assert findings["ua1"]


def test_the_result_names_its_bytes_and_cannot_be_changed() -> None:
    document = example_document()
    assert document.sha256 == hashlib.sha256(document.pdf).hexdigest()
    assert document.field_names == ("GVCN", "HT", "DAU")
    assert document.template == "thcs-2021/2"
    assert all(" " in font for font in document.fonts)
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.pdf = b""  # type: ignore[misc] # that it is refused is the point


def test_other_processes_write_the_same_bytes() -> None:
    program = "from tests.rendering.documents import example_document; print(example_document().sha256)"
    for seed, zone in (("1", "UTC"), ("4242", "America/New_York")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"}
        run = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == example_document().sha256


def test_what_was_rendered_before_does_not_show() -> None:
    render_transcript(example_record(transcript=example_transcript(class_name="9Z")), LINK, record_json=b"{}")
    again = render_transcript(example_record(), LINK, record_json=RECORD_JSON)
    assert again.pdf == example_document().pdf


def test_every_input_reaches_the_file() -> None:
    record = example_record()
    other_link = replace(LINK, url=LINK.url[:-1] + "0")
    other_code = replace(LINK, short_code=ShortCode("0000-0000-0000"))
    others = [
        render_transcript(record, other_link, record_json=RECORD_JSON),
        render_transcript(record, other_code, record_json=RECORD_JSON),
        render_transcript(record, LINK, record_json=b"{}"),
        render_transcript(example_record(transcript=example_transcript(grade=7, class_name="7B")), LINK, record_json=RECORD_JSON),
        render_transcript(replace(record, created_at=record.created_at.replace(second=1)), LINK, record_json=RECORD_JSON),
    ]
    assert len({document.sha256 for document in (*others, example_document())}) == len(others) + 1


def test_record_and_inputs_are_attached_as_associated_files() -> None:
    with pikepdf.open(io.BytesIO(example_document().pdf)) as pdf:
        assert pdf.attachments["hoc-ba.json"].get_file().read_bytes() == RECORD_JSON
        assert [(str(file.UF), str(file.AFRelationship)) for file in pdf.Root.AF] == [
            ("hoc-ba.json", "/Data"),
            ("render.json", "/Supplement"),
        ]


FURTHER = (
    Attachment("phieu-diem-mon.json", "application/json", '{"tên":"mẫu"}'.encode(), Relationship.DATA, "Phiếu điểm môn học"),
    Attachment("phieu-diem-mon.p7s", "application/pkcs7-signature", bytes(range(256)), Relationship.SUPPLEMENT, "Chữ ký số"),
)


@pytest.mark.parametrize("further", [(), FURTHER], ids=["bare", "with further files"])
def test_a_stranger_renders_it_again_from_what_is_attached(further: tuple[Attachment, ...]) -> None:
    document = render_transcript(example_record(), LINK, record_json=RECORD_JSON, attachments=further)
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    inputs = RenderInputs.from_json(attached["render.json"])
    record_json = attached["hoc-ba.json"]
    files = [file.with_data(attached[file.name]) for file in inputs.attachments]
    again = render_transcript(read_record(record_json), inputs.printed_link, record_json=record_json, attachments=files)
    assert again.pdf == document.pdf


def test_further_files_are_associated_like_the_two_that_every_transcript_has() -> None:
    pdf = render_transcript(example_record(), LINK, record_json=RECORD_JSON, attachments=FURTHER).pdf
    assert validate(pdf) == CLEAN
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        listed = {str(file.UF): (str(file.AFRelationship), str(file.Desc)) for file in opened.Root.AF}
        assert set(listed) == {"hoc-ba.json", "render.json", "phieu-diem-mon.json", "phieu-diem-mon.p7s"}
        assert listed["phieu-diem-mon.json"] == ("/Data", "Phiếu điểm môn học")
        assert listed["phieu-diem-mon.p7s"] == ("/Supplement", "Chữ ký số")
        assert [opened.attachments[file.name].get_file().read_bytes() for file in FURTHER] == [file.data for file in FURTHER]


def test_pdf_syntax_in_the_record_stays_data() -> None:
    hostile = b'{"a":"\\nendstream\\nendobj\\n1 0 obj\\n<</Type/StructTreeRoot/URI(field:GVCN)>>\\nstartxref\\n0\\n%%EOF"}'
    for record_json in (hostile, hostile.replace(b"\\n", b"\n")):
        pdf = render_transcript(example_record(), LINK, record_json=record_json).pdf
        assert validate(pdf) == CLEAN
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert opened.attachments["hoc-ba.json"].get_file().read_bytes() == record_json
            assert len(opened.Root.AcroForm.Fields) == 3


@pytest.mark.parametrize("form", sorted(DIGESTS))
def test_a_template_version_stands_for_its_bytes(form: str) -> None:
    document = render_transcript(RECORDS[form](), LINK, record_json=b"{}")
    assert (document.typst_version, document.fonts) == ("0.15.2", ("fontpkg-noto-serif 2.15",)), "pin the digests of the new version here"
    assert (document.template, document.sha256) == DIGESTS[form], (
        "documents change their bytes: raise the version of the form (or pin a changed example)"
    )


def test_the_qr_code_leads_to_the_link() -> None:
    pdf = pypdfium2.PdfDocument(example_document().pdf)
    picture = pdf[0].render(scale=150 / 72).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    pdf.close()
    assert [(code.text, code.format) for code in codes] == [(LINK.url, zxingcpp.BarcodeFormat.QRCode)]


def test_link_and_short_code_are_printed() -> None:
    text = text_of(example_document().pdf)
    assert LINK.url in text
    assert LINK.short_code in text


def test_pypdf_reads_names_in_nfc() -> None:
    text = text_of(example_document().pdf)
    assert unicodedata.is_normalized("NFC", text)
    assert [name for name in NAMES if name not in text] == []


def test_pdftotext_reads_names_in_nfc(tool: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "hoc-ba.pdf"
    file.write_bytes(example_document().pdf)
    read = subprocess.run([tool("pdftotext"), "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert unicodedata.is_normalized("NFC", read)
    assert [name for name in NAMES if name not in read] == []


TWICE_MARKED = "H'Mẫu Kâ̆ Ê̆ng Tê̆h Kô̆ Ơ̆ng Kư̆ ƀ"


def twice_marked_document() -> RenderedDocument:
    return render_transcript(example_record(transcript=example_transcript(pupil=example_pupil(name=TWICE_MARKED))), LINK, record_json=b"{}")


def test_letters_with_two_marks_are_read_once() -> None:
    document = twice_marked_document()
    assert validate(document.pdf) == CLEAN
    assert text_of(document.pdf).count(TWICE_MARKED) == 4


def test_pdftotext_reads_letters_with_two_marks_once(tool: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "hoc-ba.pdf"
    file.write_bytes(twice_marked_document().pdf)
    read = subprocess.run([tool("pdftotext"), "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert read.count(TWICE_MARKED) == 4


def test_markup_in_data_is_drawn_literally() -> None:
    transcript = example_transcript(
        pupil=example_pupil(name=MARKUP, home_town=MARKUP),
        homeroom_teacher=StaffMember(name=MARKUP),
        remarks=HomeroomRemarks(year=MARKUP),
    )
    document = render_transcript(example_record(transcript=transcript), LINK, record_json=b"{}")
    assert text_of(document.pdf).count(MARKUP) >= 3
    assert validate(document.pdf) == CLEAN


def test_straight_quotes_stay_straight() -> None:
    assert "’" not in text_of(example_document().pdf)


NAMED_AT_LENGTH = "Tôn Nữ Công Huyền Phương Thảo Quỳnh Như Mẫu Dài Ơi Là Dài"


@pytest.mark.parametrize(
    ("base", "word"),
    [(example_transcript, "Đ" * 150), (upper_secondary_transcript, "Kê̆" * 75), (example_primary_transcript, "H'" * 75)],
    ids=["thcs", "thpt", "tieu-hoc"],
)
def test_long_words_names_and_remarks_stay_on_the_pages(base: Callable[[], Transcript], word: str) -> None:
    usual = base()
    transcript = replace(
        usual,
        pupil=example_pupil(name=NAMED_AT_LENGTH, home_town=word),
        subjects=tuple(replace(s, remark="Cần cố gắng hơn. " * 12, teacher=StaffMember(name=NAMED_AT_LENGTH)) for s in usual.subjects),
        remarks=HomeroomRemarks(year="Rất dài. " * 900),
    )
    pdf = render_transcript(example_record(transcript=transcript), LINK, record_json=b"{}").pdf
    text = text_of(pdf)
    assert text.count("Rất") == 900
    assert word in text.replace(" ", "")
    assert validate(pdf) == CLEAN
    assert_margins_are_white(pdf)


def fullest(usual: Transcript) -> Transcript:
    """Fifteen subjects, names of five words, remarks of two lines: the most that happens every year."""
    filled = tuple(
        replace(
            subject, remark="Nắm vững kiến thức, vận dụng tốt; cần mạnh dạn hơn.", teacher=StaffMember(name="H'Nguyệt Mẫu Ƀuôn Krông Êban")
        )
        for subject in usual.subjects
    )
    more = tuple(
        replace(filled[0], code=f"M{number}", name="Ngoại ngữ 2 (Tiếng Pháp)", optional=True) for number in range(15 - len(filled))
    )
    return replace(usual, subjects=(*filled, *more))


@pytest.mark.parametrize(
    "base", [example_transcript, upper_secondary_transcript, example_primary_transcript], ids=["thcs", "thpt", "tieu-hoc"]
)
def test_the_fullest_usual_year_is_still_two_pages(base: Callable[[], Transcript]) -> None:
    pdf = rendered(example_record(transcript=fullest(base()))).pdf
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    assert_margins_are_white(pdf)


def assert_margins_are_white(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=0.5).to_pil().convert("L")
        width, height = picture.size
        assert picture.crop((width - width * 12 // 210, 0, width, height)).getextrema() == (255, 255)
        assert picture.crop((0, height - height * 5 // 297, width, height)).getextrema() == (255, 255)
    document.close()


@pytest.mark.parametrize(("character", "named"), [("𠄼", "U+2013C"), ("😀", "U+1F600"), ("\x07", "U+0007"), ("\u200b", "U+200B")])
def test_undrawable_characters_are_named_and_nothing_else_is(character: str, named: str) -> None:
    pupil = example_pupil(name=f"Mẫu {character} Thử")
    with pytest.raises(InvalidInputError) as refused:
        render_transcript(example_record(transcript=example_transcript(pupil=pupil)), LINK, record_json=b"{}")
    assert refused.value.code == "undrawable-character"
    for text in (refused.value.vi, refused.value.en, str(refused.value)):
        assert "Thử" not in text
    assert named in refused.value.vi
    assert named in refused.value.en


def test_a_form_without_template_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="form-without-template"):
        render_transcript(example_record(transcript=example_transcript(form="thcs-2006")), LINK, record_json=b"{}")


@pytest.mark.parametrize("url", ["", "field:GVCN", "https://họcbạ.example/v/a", "https://a.example/\n", "https://a.example/" + "a" * 120])
def test_a_link_that_cannot_be_printed_is_refused(url: str) -> None:
    with pytest.raises(InvalidInputError, match="unprintable-link"):
        render_transcript(example_record(), PrintedLink(url=url, short_code=LINK.short_code), record_json=b"{}")


def test_the_barest_transcript_is_still_a_conforming_document() -> None:
    pupil = Pupil(code="9900000001", name="Mẫu", birth_date=date(2013, 1, 1), sex="Nữ", ethnicity="Kinh", nationality="Việt Nam")
    transcript = example_transcript(pupil=pupil, subjects=(), study_history=(), remarks=HomeroomRemarks(year=None), title=None)
    assert validate(render_transcript(example_record(transcript=transcript), LINK, record_json=b"{}").pdf) == CLEAN
