"""When a request cannot be answered, a person gets a page that says what to do."""

import pytest
from starlette.testclient import TestClient

from tests.web.fake_doors import BROKEN_TOKEN, UNAVAILABLE_TOKEN, VALID_TOKEN, visible_text


@pytest.mark.parametrize("path", ["/nowhere", "/v", "/static/nothing.css", "/docs", "/openapi.json", "/V/" + VALID_TOKEN, "//v/x"])
def test_no_such_page_points_to_the_code_on_the_paper(client: TestClient, path: str) -> None:
    answer = client.get(f"http://testserver{path}", follow_redirects=False)
    assert answer.status_code == 404
    assert "hãy quét lại mã QR" in visible_text(answer.text)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_a_page_can_only_be_read_and_its_form_sent(client: TestClient, method: str) -> None:
    answer = client.request(method, f"/v/{VALID_TOKEN}")
    assert answer.status_code == 405
    assert "Trang này chỉ để xem" in visible_text(answer.text)


def test_an_unexpected_error_is_a_calm_page_that_gives_nothing_away(client: TestClient) -> None:
    answer = client.get(f"/v/{BROKEN_TOKEN}")
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in visible_text(answer.text)
    assert BROKEN_TOKEN not in answer.text
    assert "SELECT" not in answer.text


def test_an_unavailable_house_asks_to_come_back(client: TestClient) -> None:
    answer = client.get(f"/v/{UNAVAILABLE_TOKEN}")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "Xin thử lại sau" in visible_text(answer.text)
