"""The page that takes a file: a verdict in words, the way on, and nothing kept."""

import logging
import re

import pytest
from starlette.testclient import TestClient

from tests.web.fake_doors import SUPERSEDED_TOKEN, VALID_TOKEN, House, pdf_saying, visible_text

HEADLINES = {
    "genuine": "Tệp này là bản gốc, đang có giá trị",
    "superseded": "Tệp thật, nhưng đã có bản thay thế",
    "revoked": "Tệp thật, nhưng đã bị thu hồi",
    "cannot-tell": "Chưa thể trả lời",
    "not-issued": "Đây không phải là tệp đã phát hành",
    "altered": "Tệp đã bị sửa hoặc hỏng",
    "trusted-elsewhere": "Chữ ký đúng, nhưng không có trong hồ sơ của chúng tôi",
    "undecided": "Chưa kết luận được",
}


def _send(client: TestClient, content: bytes, name: str = "học bạ.pdf", evidence: bytes | None = None) -> tuple[int, str]:
    files = {"file": (name, content, "application/pdf")}
    if evidence is not None:
        files["evidence"] = ("x.evidence", evidence, "application/octet-stream")
    answer = client.post("/kiem-tra", files=files)
    return answer.status_code, answer.text


@pytest.mark.parametrize(("word", "headline"), HEADLINES.items())
def test_each_answer_has_its_own_headline(client: TestClient, word: str, headline: str) -> None:
    status, html = _send(client, pdf_saying(word))
    assert status == 200
    assert re.search(r"<h1>(.*?) <span", html)[1] == headline  # type: ignore[index] # a page without headline fails here


def test_only_the_issued_file_is_called_the_original(client: TestClient) -> None:
    for word in HEADLINES:
        _, html = _send(client, pdf_saying(word))
        assert ("verdict valid" in html) is (word == "genuine")


def test_another_file_with_a_genuine_link_is_not_what_was_issued_and_leads_to_the_record(client: TestClient) -> None:
    _, html = _send(client, pdf_saying("not-issued"))
    text = visible_text(html)
    assert "nội dung khác tệp đã phát hành" in text
    assert "Sau khi ký, tệp đã bị thêm hoặc đổi nội dung" in text
    assert "Bị sửa sau chữ ký này" in text
    assert f'href="/v/{VALID_TOKEN}"' in html
    assert "nhập mã truy cập" in text
    assert "H. B. Ê." not in text, "the record's facts stand on its own page, not beside a forgery"


def test_an_older_file_leads_to_the_newer_one(client: TestClient) -> None:
    _, html = _send(client, pdf_saying("superseded"))
    assert f'href="/v/{VALID_TOKEN}"' in html
    assert SUPERSEDED_TOKEN not in html
    assert "Lý do thu hồi: Nội dung có sai sót" in visible_text(html)


def test_signers_stand_with_role_time_and_whether_they_hold(client: TestClient) -> None:
    text = visible_text(_send(client, pdf_saying("not-issued"))[1])
    assert "Hiệu trưởng Principal Hiệu Trưởng Tưởng Tượng 29/05/2026 08:12 Chữ ký đúng" in text
    assert "tự khai claimed" in text


def test_the_evidence_goes_with_the_file(house: House, client: TestClient) -> None:
    _send(client, pdf_saying("genuine"), evidence=b"bundle")
    assert house.uploads[0].evidence == b"bundle"
    _send(client, pdf_saying("genuine"), evidence=b"")
    assert house.uploads[1].evidence is None, "a browser sends an empty part for a file that was not chosen"


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [(b"no pdf at all", 400, "không phải là PDF"), (b"", 400, "Chưa chọn tệp"), (b"%PDF-" + b"x" * 20 * 1024 * 1024, 413, "Tệp quá lớn")],
)
def test_what_cannot_be_judged_is_said_beside_the_form(client: TestClient, content: bytes, status: int, words: str) -> None:
    code, html = _send(client, content)
    assert code == status
    assert words in visible_text(html)
    assert 'role="alert"' in html


def test_when_many_wait_the_page_asks_to_come_back(house: House, client: TestClient) -> None:
    house.is_busy = True
    answer = client.post("/kiem-tra", files={"file": ("x.pdf", pdf_saying("genuine"), "application/pdf")})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


def test_the_name_and_the_content_of_a_file_reach_no_log_and_the_page_does_not_show_the_name(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    _, html = _send(client, pdf_saying("undecided"), name="Bí Mật Tưởng Tượng.pdf")
    _send(client, "Bí Mật".encode(), name="Bí Mật Tưởng Tượng.pdf")
    assert "Bí Mật" not in html
    assert "Bí Mật" not in caplog.text


def test_uploads_have_a_pace(client: TestClient) -> None:
    statuses = [_send(client, pdf_saying("genuine"))[0] for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
