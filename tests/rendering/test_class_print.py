import io
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pypdf
import pypdfium2
import pytest
import zxingcpp

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.rendering.class_print import render_class_print
from signing_service.rendering.document import PrintedLink, RenderedDocument
from tests.records_factory import example_pupil, example_record, example_transcript
from tests.rendering.documents import example_document
from tests.verapdf import validate

MOMENT = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
NAMES = tuple(f"H'Mẫu {letter} Ƀuôn Krông" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂĐÊÔƠƯČŎŬÁÀẢÃẠÉÈẺẼ")
LINKS = tuple(
    PrintedLink(url=f"https://hocba.example/v/{number:032}", short_code=ShortCode(f"7KQ2-M9XD-{number:04}")) for number in range(len(NAMES))
)
RECORDS = tuple(example_record(transcript=example_transcript(pupil=example_pupil(name=name))) for name in NAMES)


@lru_cache(maxsize=1)
def printed() -> RenderedDocument:
    return render_class_print(tuple(zip(RECORDS, LINKS, strict=True)), printed_at=MOMENT)


@lru_cache(maxsize=1)
def page_texts() -> list[str]:
    document = pypdfium2.PdfDocument(printed().pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


def test_forty_five_pupils_take_a_few_seconds() -> None:
    printed.cache_clear()
    begun = time.process_time()
    printed()
    assert time.process_time() - begun < 6


def test_it_conforms_and_has_no_field_to_sign() -> None:
    some = render_class_print(list(zip(RECORDS[:2], LINKS[:2], strict=True)), printed_at=MOMENT)
    assert validate(some.pdf) == {"3a": [], "ua1": []}
    assert some.field_names == ()
    assert b"/AcroForm" not in some.pdf


def test_every_page_says_that_it_is_a_display_copy_and_where_to_check() -> None:
    texts = page_texts()
    assert len(texts) == 90
    for number, text in enumerate(texts):
        link = LINKS[number // 2]
        assert "BẢN THỂ HIỆN" in text
        assert link.url in text.replace(" ", "") or link.url in text
        assert link.short_code in text
        assert f"Trang {number % 2 + 1}/2" in text


def test_each_pupil_has_a_qr_code_that_leads_to_their_own_link() -> None:
    document = pypdfium2.PdfDocument(printed().pdf)
    for number in (0, 44):
        (code,) = zxingcpp.read_barcodes(document[2 * number].render(scale=2).to_pil())
        assert code.text == LINKS[number].url
    document.close()


def test_the_outline_names_every_pupil_in_order() -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed().pdf))
    pupils = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [str(entry.title) for entry in pupils] == [f"{place}. {name}" for place, name in enumerate(NAMES, start=1)]
    assert [reader.get_destination_page_number(entry) for entry in pupils] == list(range(0, 90, 2))


def test_a_transcript_of_three_pages_leaves_the_back_of_its_leaf_free_but_marked() -> None:
    base = example_transcript()
    long = example_record(transcript=replace(base, remarks=replace(base.remarks, year="Rất dài. " * 500)))
    pdf = render_class_print([(long, LINKS[0]), (RECORDS[1], LINKS[1])], printed_at=MOMENT).pdf
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    first = next(number for number, text in enumerate(texts) if NAMES[1] in text)
    assert first % 2 == 0
    assert all("BẢN THỂ HIỆN" in text for text in texts)
    assert "Trang 1/2" in texts[first]
    assert "Trang 3/3" in texts[2]
    assert "Trang" not in texts[3]
    assert len(texts) == first + 2


def test_the_original_never_says_that_it_is_a_copy() -> None:
    assert "BẢN THỂ HIỆN" not in " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(example_document().pdf)).pages)


def test_the_same_class_gives_the_same_bytes() -> None:
    pairs = [(RECORDS[0], LINKS[0])]
    once, again, later = (render_class_print(pairs, printed_at=at).pdf for at in (MOMENT, MOMENT, MOMENT.replace(hour=2)))
    assert once == again != later


def test_an_empty_class_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="nothing-to-print"):
        render_class_print([], printed_at=MOMENT)
