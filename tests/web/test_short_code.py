"""The short code from the paper: forgiving to type, never in an address, and too slow to guess."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.web.fake_doors import NOW, SHORT_CODE, VALID_TOKEN, House, visible_text


@pytest.mark.parametrize(
    "typed", [SHORT_CODE, SHORT_CODE.lower(), "7K3M Q9TZ OX4B", "7k3mq9tzox4b", " 7K3M–Q9TZ–0X4B ", "7K3M.Q9TZ.0X4B", "7K3M-Q9TZ-OX4B"]
)
def test_the_code_is_read_however_it_is_typed_and_leads_to_the_link(client: TestClient, typed: str) -> None:
    answer = client.post("/ma-tra-cuu", data={"code": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/v/{VALID_TOKEN}")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("typed", ["", "7K3M-Q9TZ-0X4", "7K3M-Q9TZ-0X4BB", "7K3M-Q9TZ-0X4U", "<script>aaaaa", "٧" * 12, "A" * 3000])
def test_what_cannot_be_a_code_is_not_looked_up_and_not_echoed(house: House, client: TestClient, typed: str) -> None:
    answer = client.post("/ma-tra-cuu", data={"code": typed})
    assert answer.status_code == 400
    assert "Mã tra cứu có 12 chữ và số" in visible_text(answer.text)
    assert house.codes == []
    assert len(typed) < 5 or typed not in answer.text


def test_an_unknown_code_is_not_found_and_says_what_to_do(client: TestClient) -> None:
    answer = client.post("/ma-tra-cuu", data={"code": "0000-0000-0000"})
    assert answer.status_code == 404
    assert "Chúng tôi chưa phát hành hồ sơ nào có mã này" in visible_text(answer.text)
    assert "0000" not in answer.text


def test_wrong_codes_are_soon_refused_unseen_and_right_ones_cost_nothing(house: House, client: TestClient) -> None:
    for _ in range(30):
        assert client.post("/ma-tra-cuu", data={"code": SHORT_CODE}, follow_redirects=False).status_code == 303
    answers = [client.post("/ma-tra-cuu", data={"code": f"0000-0000-000{digit}"}) for digit in range(10)]
    assert {answer.status_code for answer in answers} == {404}
    seen = len(house.codes)
    refused = client.post("/ma-tra-cuu", data={"code": SHORT_CODE})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "Xin chậm lại một chút" in visible_text(refused.text)
    assert len(house.codes) == seen, "nothing was looked up"
    house.now = NOW + timedelta(seconds=int(refused.headers["retry-after"]))
    assert client.post("/ma-tra-cuu", data={"code": SHORT_CODE}, follow_redirects=False).status_code == 303


def test_whoever_guesses_does_not_keep_anybody_from_the_link_itself(client: TestClient) -> None:
    for _ in range(20):
        client.post("/ma-tra-cuu", data={"code": "0000-0000-0000"})
    assert client.get(f"/v/{VALID_TOKEN}").status_code == 200


def test_a_header_that_anybody_can_write_makes_no_new_client(client: TestClient) -> None:
    statuses = [
        client.post("/ma-tra-cuu", data={"code": "0000-0000-0000"}, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(12)
    ]
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"code=%ff", "application/x-www-form-urlencoded"),
        (b"code=" + b"a" * 5000, "application/x-www-form-urlencoded"),
        (b"{}", "text/plain"),
    ],
)
def test_a_form_that_is_none_is_a_calm_page(client: TestClient, content: bytes, media_type: str) -> None:
    answer = client.post("/ma-tra-cuu", content=content, headers={"content-type": media_type})
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu" in visible_text(answer.text)


def test_the_code_is_posted_and_never_asked_for_in_an_address(client: TestClient) -> None:
    for path in ("/", "/ma-tra-cuu"):
        forms = re.findall(r"<form[^>]*>", client.get(path).text)
        assert forms == ['<form method="post" action="/ma-tra-cuu">']
