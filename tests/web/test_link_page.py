"""The page behind a link: five verdicts, and nothing about a child beyond what a valid record shows."""

import dataclasses
import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from signing_service.actions.look_up_link import LinkVerdict
from signing_service.actions.public_facts import PublicFacts
from signing_service.asgi import create_app
from signing_service.ids import new_link_token
from signing_service.web.static_files import ICON, STYLE_SHEET
from signing_service.web.verdict import view_of
from tests.web.fake_doors import (
    AWARD,
    AWARD_TOKEN,
    CANNOT_TELL_TOKEN,
    REVOKED_TOKEN,
    SUPERSEDED_TOKEN,
    UNKNOWN_TOKEN,
    VALID,
    VALID_TOKEN,
    House,
    visible_text,
)

PAGES = [
    "/",
    f"/v/{VALID_TOKEN}",
    f"/v/{REVOKED_TOKEN}",
    f"/v/{AWARD_TOKEN}",
    f"/v/{UNKNOWN_TOKEN}",
    f"/v/{CANNOT_TELL_TOKEN}",
    "/ma-tra-cuu",
    "/kiem-tra",
    "/nowhere",
]

HOSTILE = [
    "",
    "short",
    VALID_TOKEN.upper(),
    VALID_TOKEN + "0",
    VALID_TOKEN[:-1] + "o",
    VALID_TOKEN[:-1] + "u",
    VALID_TOKEN + "/",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%C3%28",
    "' OR '1'='1",
    "٣" * 32,
    "a" * 60_000,
]


def test_valid_shows_the_record_and_only_the_initials(client: TestClient) -> None:
    answer = client.get(f"/v/{VALID_TOKEN}")
    text = visible_text(answer.text)
    assert answer.status_code == 200
    assert "Hợp lệ Valid" in text
    for shown in (
        "Học bạ",
        "H. B. Ê.",
        "Trường Trung học cơ sở Hoa Ngọc Lan Tưởng Tượng",
        "2025-2026",
        "7K3M-Q9TZ-0X4B",
        "5f" * 32,
        "Trả lời lúc 24/11/2026 13:05",
    ):
        assert shown in text


def test_signers_stand_with_role_and_vietnam_time_in_signing_order(client: TestClient) -> None:
    text = visible_text(client.get(f"/v/{VALID_TOKEN}").text)
    lines = (
        "Giáo viên chủ nhiệm Homeroom teacher 29/05/2026 00:30",
        "Hiệu trưởng Principal 29/05/2026 08:12",
        "Con dấu nhà trường School seal 29/05/2026 08:20",
    )
    places = [text.index(line) for line in lines]
    assert places == sorted(places)


def test_valid_speaks_of_the_record_and_asks_to_compare_the_paper(client: TestClient) -> None:
    text = visible_text(client.get(f"/v/{VALID_TOKEN}").text)
    assert "nói về hồ sơ đang lưu, không nói về tờ giấy trên tay bạn" in text
    assert "speaks of the record, never of the paper in your hand" in text
    assert "So từng mục ở trên với tờ giấy" in text


def test_a_revoked_document_says_when_and_why_and_offers_nothing_to_open(client: TestClient) -> None:
    answer = client.get(f"/v/{REVOKED_TOKEN}")
    text = visible_text(answer.text)
    assert answer.status_code == 200
    assert "Đã thu hồi Revoked" in text
    assert "Nội dung có sai sót The content was wrong" in text
    assert "Thu hồi lúc Revoked at 03/08/2026 09:30" in text
    assert "Hợp lệ" not in text
    assert "<form" not in answer.text


def test_a_superseded_document_leads_on_to_the_one_that_took_its_place(client: TestClient) -> None:
    answer = client.get(f"/v/{SUPERSEDED_TOKEN}")
    assert "Đã thay thế Superseded" in visible_text(answer.text)
    assert "Nội dung có sai sót" in answer.text
    assert f'href="/v/{VALID_TOKEN}"' in answer.text
    assert "Hợp lệ" not in answer.text


def test_an_award_names_a_collective_and_masks_a_person(house: House, client: TestClient) -> None:
    text = visible_text(client.get(f"/v/{AWARD_TOKEN}").text)
    for shown in (
        "Văn bản khen thưởng này đã được phát hành",
        "Tập thể Collective Tổ Ngữ văn",
        "Nội dung khen Award Tập thể Lao động xuất sắc",
        "0815/QĐ-SGDĐT",
        "15/07/2026",
        "Người có thẩm quyền khen thưởng Award authority",
    ):
        assert shown in text
    house.valid = dataclasses.replace(AWARD, facts=PublicFacts(recipient="B. V. D."))
    assert "Cá nhân, chữ đầu họ tên Person, initials only B. V. D." in visible_text(client.get(f"/v/{VALID_TOKEN}").text)


def test_unknown_is_not_found_and_says_what_to_do(client: TestClient) -> None:
    answer = client.get(f"/v/{UNKNOWN_TOKEN}")
    assert answer.status_code == 404
    assert "retry-after" not in answer.headers
    assert "Không tìm thấy Unknown" in visible_text(answer.text)
    assert "Quét lại mã QR" in answer.text


def test_cannot_tell_speaks_neither_for_nor_against_and_names_when_to_come_back(client: TestClient) -> None:
    answer = client.get(f"/v/{CANNOT_TELL_TOKEN}")
    text = visible_text(answer.text)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "Chưa thể trả lời Cannot tell right now" in text
    assert "không nói rằng hồ sơ đúng hay sai" in text
    assert "Hợp lệ" not in text


@pytest.mark.parametrize("verdict", [LinkVerdict.UNKNOWN, LinkVerdict.CANNOT_TELL])
def test_no_other_verdict_shows_anything_of_a_record_even_if_it_is_handed_in(
    house: House, client: TestClient, verdict: LinkVerdict
) -> None:
    house.valid = dataclasses.replace(VALID, verdict=verdict)
    text = client.get(f"/v/{VALID_TOKEN}").text
    for hidden in ("H. B. Ê.", "Hoa Ngọc Lan", "2025-2026", "7K3M", "5f5f", "29/05/2026"):
        assert hidden not in text


def test_what_is_not_known_is_left_out_rather_than_shown_as_none(house: House, client: TestClient) -> None:
    house.valid = dataclasses.replace(VALID, short_code=None, file_sha256=None)
    text = visible_text(client.get(f"/v/{VALID_TOKEN}").text)
    assert "None" not in text
    assert "Mã tra cứu Short code" not in text


@pytest.mark.parametrize("asked", HOSTILE)
def test_whatever_is_no_token_gets_the_very_page_of_an_unknown_link_by_the_same_way(house: House, client: TestClient, asked: str) -> None:
    unknown = client.get(f"/v/{UNKNOWN_TOKEN}")
    hostile = client.get(f"/v/{asked}")
    assert (hostile.status_code, hostile.content) == (unknown.status_code, unknown.content)
    assert len(house.asked) == 2, "one look-up each"
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{32}", house.asked[1]), "nothing but a token reaches the store"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_no_text_breaks_the_page_or_is_echoed(client: TestClient, asked: str) -> None:
    page = client.get("http://testserver/v/" + "".join(f"%{byte:02X}" for byte in asked.encode()))
    assert page.status_code == 404
    # An address with a line break may be no link at all for the router; then it is simply no page.
    expected = (f"/v/{UNKNOWN_TOKEN}", "/nowhere") if "\n" in asked else (f"/v/{UNKNOWN_TOKEN}",)
    assert page.content in [client.get(path).content for path in expected]


def test_every_token_that_can_be_drawn_is_looked_up_as_it_is(house: House, client: TestClient) -> None:
    tokens = [new_link_token() for _ in range(200)]
    for token in tokens:
        client.head(f"/v/{token}")
    assert house.asked == tokens


def test_a_school_named_like_markup_is_shown_as_text(house: House, client: TestClient) -> None:
    house.valid = dataclasses.replace(VALID, facts=PublicFacts("<script src=//x></script>&\"'{{7*7}}", "2025-2026", "<b>. &."))
    html = client.get(f"/v/{VALID_TOKEN}").text
    assert "<script" not in html
    assert "&lt;script src=//x&gt;" in html
    assert "{{7*7}}" in html
    assert "&lt;b&gt;. &amp;." in html


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light_scriptless_vietnamese_and_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    html = answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="vi">' in html
    assert len(answer.content) + len(STYLE_SHEET.content) + len(ICON.content) < 50_000
    assert "<script" not in html
    assert not re.search(r"\son[a-z]+=|\sstyle=|<style|<iframe|<img", html)
    assert not re.search(r"https?:|//", re.sub(r"<!doctype html>", "", html))
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html
    assert VALID_TOKEN not in html


def test_the_style_sheet_is_named_by_its_content_and_kept_for_a_year(client: TestClient) -> None:
    address = re.search(r'href="(/static/site\.[0-9a-f]{12}\.css)"', client.get("/").text)
    assert address is not None
    answer = client.get(address[1])
    assert answer.content == STYLE_SHEET.content
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/site.000000000000.css").status_code == 404
    assert client.get("/static/..%2Fpages.py").status_code == 404


def test_the_landing_page_says_to_scan_the_code(client: TestClient) -> None:
    text = visible_text(client.get("/").text)
    assert "quét mã QR in trên học bạ" in text
    assert "Sở Giáo dục và Đào tạo Tây Nguyên Tưởng Tượng" in text


def test_head_answers_like_get_without_a_body(client: TestClient) -> None:
    for path in ("/", f"/v/{VALID_TOKEN}", f"/v/{UNKNOWN_TOKEN}"):
        assert client.head(path).status_code == client.get(path).status_code


def test_a_site_under_a_prefix_finds_its_style_sheet(house: House) -> None:
    with TestClient(create_app(house.doors()), root_path="/hoc-ba") as client:
        assert 'href="/hoc-ba/static/site.' in client.get(f"/v/{VALID_TOKEN}").text


def test_times_before_midnight_in_utc_are_the_next_day_in_vietnam() -> None:
    answer = dataclasses.replace(VALID, checked_at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert view_of(answer).checked_at == "01/01/2027 00:00"
