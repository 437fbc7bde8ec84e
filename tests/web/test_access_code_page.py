"""The access code opens the marks behind a link, and nothing else: no address, no cookie, no log holds it."""

import dataclasses
import logging

import pytest
from starlette.testclient import TestClient

from signing_service.asgi import create_app
from signing_service.web.marks import marks_view
from tests.records_factory import example_primary_transcript, example_transcript
from tests.web.fake_doors import (
    ACCESS_CODE,
    OPENED,
    REVOKED_TOKEN,
    UNKNOWN_TOKEN,
    VALID_TOKEN,
    WAIT_CODE,
    House,
    visible_text,
)


def test_the_right_code_shows_the_marks_on_record_and_whose_they_are(client: TestClient) -> None:
    answer = client.post(f"/v/{VALID_TOKEN}", data={"code": ACCESS_CODE})
    text = visible_text(answer.text)
    transcript = OPENED.record.transcript
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert transcript.pupil.name in text
    for subject in transcript.subjects:
        assert subject.name in text
    toan = next(subject for subject in transcript.subjects if subject.name == "Toán")
    assert f"Toán {str(toan.semester_1.average).replace('.', ',')}" in text  # type: ignore[union-attr] # a scored subject has averages
    assert "Tờ giấy hoặc tệp ghi khác dù chỉ một chỗ là đã bị sửa" in text


@pytest.mark.parametrize(("want", "content", "name"), [("pdf", OPENED.pdf, ".pdf"), ("evidence", OPENED.evidence, ".pdf.evidence")])
def test_the_files_are_downloads_named_by_the_short_code(client: TestClient, want: str, content: bytes, name: str) -> None:
    answer = client.post(f"/v/{VALID_TOKEN}", data={"code": ACCESS_CODE, "want": want})
    assert answer.content == content
    assert answer.headers["content-disposition"] == f'attachment; filename="{OPENED.short_code}{name}"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_wrong_code_leaves_the_status_on_the_page_and_says_so_there(client: TestClient) -> None:
    answer = client.post(f"/v/{VALID_TOKEN}", data={"code": "0000-0000"})
    text = visible_text(answer.text)
    assert answer.status_code == 403
    assert "Hợp lệ Valid" in text
    assert "Mã truy cập không đúng" in text
    assert OPENED.record.transcript.pupil.name not in text
    assert "0000-0000" not in answer.text


def test_whoever_has_to_wait_is_told_how_long_and_still_sees_the_status(client: TestClient) -> None:
    answer = client.post(f"/v/{VALID_TOKEN}", data={"code": WAIT_CODE})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "xin đợi" in visible_text(answer.text)
    assert "Hợp lệ Valid" in visible_text(answer.text)
    assert client.get(f"/v/{VALID_TOKEN}").status_code == 200


def test_one_client_cannot_have_codes_compared_without_end(house: House, client: TestClient) -> None:
    statuses = [client.post(f"/v/{VALID_TOKEN}", data={"code": "0000-0000"}).status_code for _ in range(15)]
    assert statuses == [403] * 10 + [429] * 5
    assert len(house.codes) == 10


@pytest.mark.parametrize("token", [REVOKED_TOKEN, UNKNOWN_TOKEN, "nothing"])
def test_where_nothing_opens_the_page_says_what_it_says_without_a_code(client: TestClient, token: str) -> None:
    answer = client.post(f"/v/{token}", data={"code": ACCESS_CODE})
    assert OPENED.record.transcript.pupil.name not in answer.text
    assert answer.status_code in {403, 404}


def test_no_form_is_offered_where_there_is_no_code(house: House, client: TestClient) -> None:
    house.valid = dataclasses.replace(house.valid, opens_with_code=False)
    assert "<form" not in client.get(f"/v/{VALID_TOKEN}").text


def test_no_access_code_reaches_a_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for code in (ACCESS_CODE, "0000-0000", WAIT_CODE):
        client.post(f"/v/{VALID_TOKEN}", data={"code": code})
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("signing_service")]
    assert ours
    for code in (ACCESS_CODE, "0000-0000", WAIT_CODE):
        assert code not in " ".join(ours)


def test_a_remark_like_markup_is_shown_as_text(house: House) -> None:
    transcript = example_transcript(certificates="<script>alert(1)</script>")
    opened = dataclasses.replace(OPENED, record=dataclasses.replace(OPENED.record, transcript=transcript))
    doors = dataclasses.replace(house.doors(), open_marks=lambda _token, _typed: opened)
    with TestClient(create_app(doors)) as client:
        html = client.post(f"/v/{VALID_TOKEN}", data={"code": ACCESS_CODE}).text
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_typed_code_like_markup_stays_text_in_the_hidden_field(house: House) -> None:
    doors = dataclasses.replace(house.doors(), open_marks=lambda _token, _typed: OPENED)
    with TestClient(create_app(doors)) as client:
        assert '"><b>' not in client.post(f"/v/{VALID_TOKEN}", data={"code": '"><b>'}).text


def test_primary_school_shows_levels_in_words_and_tests_as_whole_marks() -> None:
    transcript = example_primary_transcript()
    view = marks_view(transcript)
    assert view.results is None
    assert [row.head for row in view.subjects.rows] == [subject.name for subject in transcript.subjects]
    assert {row.cells[0] for row in view.subjects.rows} <= {"Hoàn thành tốt", "Hoàn thành", "Chưa hoàn thành"}
    labels = [fact.vi for fact in view.outcome]
    assert "Yêu nước" in labels
    assert "Kết quả giáo dục" in labels


def test_every_row_has_a_cell_for_every_column() -> None:
    for transcript in (example_transcript(), example_primary_transcript()):
        view = marks_view(transcript)
        for table in filter(None, (view.subjects, view.results)):
            assert {len(row.cells) for row in table.rows} == {len(table.columns)}
