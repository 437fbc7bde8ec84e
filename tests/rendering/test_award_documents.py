"""What decisions and certificates have in common, and what each page owes to its decree."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.records.awards.canonical import award_bytes, read_award_certificate, read_award_decision
from signing_service.records.awards.certificate import AwardCertificateRecord
from signing_service.records.awards.decision import LegalBasis, Section
from signing_service.rendering.award_certificate import printed_certificate, render_award_certificate
from signing_service.rendering.award_decision import printed_decision, render_award_decision
from signing_service.rendering.award_page import written_date
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.render_inputs import inputs_from
from tests.award_factory import CHAIR, COMMUNE, example_certificate_record, example_decision, example_decision_record
from tests.rendering.award_documents import certificate_of, decision_of, example_certificate, full_decision, full_decision_record
from tests.rendering.documents import LINK, text_of
from tests.verapdf import validate

CLEAN: dict[str, list[str]] = {"3a": [], "ua1": []}
DIGEST_OF_THE_CERTIFICATE = "2e2bc2c980ad825a225f6530bacbaab33a9659435f5e508fbfa964a6e0feefbe"
DIGEST_OF_THE_DECISION = "913c379d6ef0f3eb7ffe9e27adc003a015e8e6ecd6f4a8c0565cd31657a68cce"
BOTH = pytest.mark.parametrize("made", [example_certificate, full_decision])
A4 = (595, 842)
MARKUP = "#panic(1) $x^2$ \\ \"kép\" 'đơn' *đậm* _nghiêng_ @nhãn <nhãn> https://mau.example // /* `mã` [a] ~ --- ..."


def _certificate(**changes: Any) -> AwardCertificateRecord:
    record = example_certificate_record()
    certificate = record.certificate
    recipient = replace(certificate.recipient, **{k: v for k, v in changes.items() if k in ("name", "position", "unit")})
    award = replace(certificate.award, **{k: v for k, v in changes.items() if k in ("title_name", "achievement", "campaign")})
    return replace(record, certificate=replace(certificate, recipient=recipient, award=award))


@BOTH
def test_verapdf_passes_both_profiles(made: Callable[[], RenderedDocument]) -> None:
    assert validate(made().pdf) == CLEAN


@pytest.mark.parametrize(
    ("made", "template", "digest"),
    [
        (example_certificate, "giay-khen-2023/1", DIGEST_OF_THE_CERTIFICATE),
        (lambda: decision_of(example_decision_record()), "qdkt-2020/1", DIGEST_OF_THE_DECISION),
    ],
)
def test_a_template_version_stands_for_its_bytes(made: Callable[[], RenderedDocument], template: str, digest: str) -> None:
    document = made()
    made_with = (document.template, document.typst_version, document.fonts)
    assert made_with == (template, "0.15.2", ("fontpkg-noto-serif 2.15",)), "pin the digest of the new version here"
    assert document.sha256 == digest, "documents change their bytes: raise the version of the form (or pin a changed example)"


def test_what_was_rendered_before_does_not_show() -> None:
    first = decision_of(example_decision_record())
    certificate_of(_certificate(name="Người Khác Mẫu"))
    assert decision_of(example_decision_record()).pdf == first.pdf


def test_a_certificate_is_one_page_of_a4_on_its_side() -> None:
    pages = pypdf.PdfReader(io.BytesIO(example_certificate().pdf)).pages
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages] == [A4[::-1]]


def test_a_decision_stands_on_upright_a4_and_numbers_its_pages_from_the_second() -> None:
    pages = pypdf.PdfReader(io.BytesIO(full_decision().pdf)).pages
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {A4}
    first_lines = [page.extract_text().split("\n", 1)[0].strip() for page in pages]
    assert first_lines[1:] == [str(number) for number in range(2, len(pages) + 1)]
    assert first_lines[0] != "1"


@BOTH
def test_the_qr_code_leads_to_the_link(made: Callable[[], RenderedDocument]) -> None:
    pdf = pypdfium2.PdfDocument(made().pdf)
    codes = zxingcpp.read_barcodes(pdf[0].render(scale=150 / 72).to_pil())
    pdf.close()
    assert [(code.text, code.format) for code in codes] == [(LINK.url, zxingcpp.BarcodeFormat.QRCode)]


@BOTH
def test_link_and_short_code_are_printed(made: Callable[[], RenderedDocument]) -> None:
    text = text_of(made().pdf)
    assert LINK.url in text
    assert LINK.short_code in text


@BOTH
def test_the_seal_locks_every_field_and_covers_the_left_third_of_the_signature(made: Callable[[], RenderedDocument]) -> None:
    assert made().field_names == ("NGUOI_KY", "DAU_CO_QUAN")
    with pikepdf.open(io.BytesIO(made().pdf)) as pdf:
        signature, seal = pdf.Root.AcroForm.Fields
        assert [str(field.T) for field in (signature, seal)] == list(made().field_names)
        assert "/Lock" not in signature
        assert [str(name) for name in seal.Lock.Fields] == list(made().field_names)
        left, bottom, right, top = (float(edge) for edge in signature.Rect)
        seal_left, seal_bottom, seal_right, seal_top = (float(edge) for edge in seal.Rect)
    assert seal_left < left
    assert seal_right == pytest.approx(left + (right - left) / 3, abs=0.1)
    assert (seal_bottom + seal_top) / 2 == pytest.approx((bottom + top) / 2, abs=0.1)


def test_a_stranger_renders_the_certificate_again_from_what_is_attached() -> None:
    with pikepdf.open(io.BytesIO(example_certificate().pdf)) as pdf:
        record_json = pdf.attachments["giay-khen.json"].get_file().read_bytes()
        link = inputs_from(pdf.attachments["render.json"].get_file().read_bytes())
        assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Data", "/Supplement"]
    again = render_award_certificate(read_award_certificate(record_json), link, record_json=record_json)
    assert again.pdf == example_certificate().pdf


def test_a_stranger_renders_the_decision_again_from_what_is_attached() -> None:
    with pikepdf.open(io.BytesIO(full_decision().pdf)) as pdf:
        record_json = pdf.attachments["quyet-dinh.json"].get_file().read_bytes()
        link = inputs_from(pdf.attachments["render.json"].get_file().read_bytes())
    again = render_award_decision(read_award_decision(record_json), link, record_json=record_json)
    assert again.pdf == full_decision().pdf


def test_the_certificate_says_what_the_decree_asks_for_in_its_order() -> None:
    text = text_of(example_certificate().pdf)
    order = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "TẶNG DANH HIỆU",
        "CHIẾN SĨ THI ĐUA CƠ SỞ",
        "Bà H'Sương Niê Kđăm",
        "Giáo viên, Trường TH&THCS Suối Mây",
        "Thư viện trên gùi",
        "Quyết định số 9071/QĐ-SGDĐT",
        "Ngày 21 tháng 7 năm 2026",
        "Số sổ vàng: 01",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
        "H'Trăng Mẫu Êban",
    )
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_collective_has_no_salutation_and_a_thematic_award_names_its_campaign() -> None:
    printed = cast("dict[str, Any]", printed_certificate(example_certificate_record(Section.COLLECTIVE, 2).certificate))
    assert printed["heading"] == "Tặng"
    assert printed["recipient"].startswith("Tổ Ngữ văn")
    assert printed["recipient-lines"] == []
    assert printed["reason"][1] == "Phong trào, chuyên đề: “Mỗi ngày đến trường là một ngày gieo hạt”"


def test_the_annex_names_everybody_and_repeats_its_heads_on_every_page() -> None:
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(full_decision().pdf)).pages]
    annex = pages[1:]
    assert len(annex) > 2
    assert all(page.count("Số sổ vàng") == 1 for page in annex)
    collectives = " ".join(page for page in annex if "Tên tập thể" in page)
    individuals = " ".join(page for page in annex if "Họ và tên" in page)
    assert collectives.count("Suối Mây Tập thể lao động tiên tiến") == 8
    assert [f"{number:02} " in individuals for number in range(1, 45)] == [True] * 44
    assert individuals.count("Điểu Lá Biếc") == 8


def test_the_heads_of_the_annex_are_tagged_as_heads() -> None:
    with pikepdf.open(io.BytesIO(full_decision().pdf)) as pdf:
        kinds = [str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 4 + 5
    assert kinds.count("/TR") == 2 + 15 + 44


def test_pdftotext_reads_the_decision(tool: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "quyet-dinh.pdf"
    file.write_bytes(full_decision().pdf)
    read = subprocess.run([tool("pdftotext"), "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    for part in ("UBND TỈNH ĐẮK LẮK", "Số: 9071/QĐ-SGDĐT", "Điều 3.", "Nơi nhận:", "DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG"):
        assert part in read


def test_a_commune_signs_for_its_committee() -> None:
    decision = replace(example_decision(), authority=COMMUNE, signatory=CHAIR)
    text = text_of(decision_of(replace(example_decision_record(), decision=decision)).pdf)
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ EA SƯƠNG" in text
    assert "UBND TỈNH" not in text


def test_a_decision_without_lines_of_one_kind_has_no_empty_annex() -> None:
    decision = replace(example_decision(), collectives=())
    text = text_of(decision_of(replace(example_decision_record(), decision=decision)).pdf)
    assert "DANH SÁCH CÁ NHÂN" in text
    assert "DANH SÁCH TẬP THỂ" not in text


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 20), "ngày 20 tháng 12 năm 2026"),
    ],
)
def test_low_days_and_the_first_two_months_take_a_zero(day: date, written: str) -> None:
    assert written_date(day) == written


def test_each_basis_ends_in_a_semicolon_and_the_last_in_a_full_stop() -> None:
    decision = replace(example_decision(), legal_bases=(LegalBasis("Luật A;"), LegalBasis("Nghị định B.")), proposed_by="Hội đồng C")
    assert printed_decision(decision)["bases"] == ["Căn cứ Luật A;", "Căn cứ Nghị định B;", "Theo đề nghị của Hội đồng C."]
    assert printed_decision(replace(decision, proposed_by=None))["bases"] == ["Căn cứ Luật A;", "Căn cứ Nghị định B."]


def test_markup_in_data_is_drawn_literally() -> None:
    document = certificate_of(_certificate(name=MARKUP, unit=MARKUP, achievement=MARKUP))
    assert text_of(document.pdf).count(MARKUP) == 3
    assert validate(document.pdf) == CLEAN


WORDS = st.lists(st.sampled_from(("Mẫu", "Ƀkrông", "Nguyễn", "Kư̆", "Ê̆ng", "W" * 40, "thành", "tích")), min_size=1, max_size=25).map(
    " ".join
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(name=WORDS, unit=WORDS, achievement=st.lists(WORDS, min_size=1, max_size=8).map(" ".join), title_name=WORDS)
def test_whatever_is_long_stays_on_the_page_and_between_its_neighbours(name: str, unit: str, achievement: str, title_name: str) -> None:
    pdf = pypdfium2.PdfDocument(
        certificate_of(_certificate(name=name, unit=unit, achievement=achievement, title_name=title_name, campaign=name)).pdf
    )
    assert len(pdf) == 1
    page = pdf[0]
    boxes = {}
    text_page = page.get_textpage()
    read = text_page.get_text_range()
    for word in ("Quyết định số", "Độc lập"):
        at = read.index(word)
        boxes[word] = text_page.get_charbox(at)
    middle = [text_page.get_charbox(i) for i in range(read.index("Hạnh phúc") + 9, read.index("Quyết định số")) if not read[i].isspace()]
    # The State's motto stands above everything that varies, the decision's number below it, the frame beside it.
    assert max(box[3] for box in middle) < boxes["Độc lập"][1]
    assert min(box[1] for box in middle) > boxes["Quyết định số"][1]
    assert min(box[0] for box in middle) > 19.5 * 72 / 25.4
    assert max(box[2] for box in middle) < (297 - 19.5) * 72 / 25.4
    for part in (page, text_page):
        part.close()
    pdf.close()


def test_undrawable_characters_are_named_and_nothing_else_is() -> None:
    with pytest.raises(InvalidInputError) as refused:
        certificate_of(_certificate(name="Mẫu 😀 Thử"))
    assert refused.value.code == "undrawable-character"
    assert "U+1F600" in refused.value.vi
    assert "Thử" not in refused.value.vi + refused.value.en


def test_another_form_is_refused() -> None:
    record = full_decision_record()
    with pytest.raises(InvalidInputError, match="form-without-template"):
        decision_of(replace(record, decision=replace(record.decision, form="qdkt-1999")))


def test_a_link_that_cannot_be_printed_is_refused() -> None:
    record = example_certificate_record()
    with pytest.raises(InvalidInputError, match="unprintable-link"):
        render_award_certificate(record, PrintedLink(url="field:NGUOI_KY", short_code=LINK.short_code), record_json=award_bytes(record))
