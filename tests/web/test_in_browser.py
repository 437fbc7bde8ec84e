"""The pages in a real browser, scripts off save for axe itself: accessible, within the screen, by keyboard, in light and dark."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from signing_service.asgi import create_app
from tests.web.fake_doors import (
    ACCESS_CODE,
    AWARD_TOKEN,
    BROKEN_TOKEN,
    CANNOT_TELL_TOKEN,
    NOW,
    REVOKED_TOKEN,
    SHORT_CODE,
    SUPERSEDED_TOKEN,
    UNAVAILABLE_TOKEN,
    UNKNOWN_TOKEN,
    VALID_TOKEN,
    House,
    pdf_saying,
)
from tests.web.live import served

PAGES = {
    "landing": "/",
    "short-code": "/ma-tra-cuu",
    "upload": "/kiem-tra",
    "valid": f"/v/{VALID_TOKEN}",
    "revoked": f"/v/{REVOKED_TOKEN}",
    "superseded": f"/v/{SUPERSEDED_TOKEN}",
    "award": f"/v/{AWARD_TOKEN}",
    "unknown": f"/v/{UNKNOWN_TOKEN}",
    "cannot-tell": f"/v/{CANNOT_TELL_TOKEN}",
    "not-found": "/nowhere",
    "broken": f"/v/{BROKEN_TOKEN}",
    "unavailable": f"/v/{UNAVAILABLE_TOKEN}",
}
UPLOADS = ("genuine", "superseded", "revoked", "cannot-tell", "not-issued", "altered", "trusted-elsewhere", "undecided")
LOOKS = [("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)]

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tool("chromium"), args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    # A minute passes between two requests: what is looked at here is not the pace.
    minutes = itertools.count()
    doors = dataclasses.replace(House().doors(), now=lambda: NOW + timedelta(minutes=next(minutes)))
    with served(create_app(doors)) as address:
        yield f"http://{address}"


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def open_page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in one of the looks, without scripts unless asked."""
    scheme, width = request.param
    contexts = []

    def opened(*, scripts: bool = False) -> Page:
        context = browser.new_context(viewport=ViewportSize(width=width, height=740), color_scheme=scheme, java_script_enabled=scripts)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def test_axe_finds_nothing_on_any_page_and_nothing_overflows(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(scripts=True)
    for name, path in PAGES.items():
        page.goto(site + path)
        _is_accessible(page, name)


def _is_accessible(page: Page, name: str) -> None:
    for details in page.locator("details").all():
        details.locator("summary").click()
    results = Axe().run(page)
    assert results.violations_count == 0, f"{name}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def _upload(page: Page, site: str, content: bytes) -> None:
    page.goto(site + PAGES["upload"])
    page.set_input_files("#file", {"name": "hồ sơ.pdf", "mimeType": "application/pdf", "buffer": content})
    page.locator("main button").click()


@pytest.mark.parametrize("open_page", [LOOKS[0], LOOKS[3]], indirect=True, ids=["light-360", "dark-1280"])
def test_axe_finds_nothing_on_any_answer_to_an_upload(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(scripts=True)
    for word in (*UPLOADS, "no-pdf"):
        _upload(page, site, b"nothing" if word == "no-pdf" else pdf_saying(word))
        _is_accessible(page, word)


def test_axe_finds_nothing_on_the_marks_and_on_a_wrong_code(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(scripts=True)
    page.goto(site + PAGES["valid"])
    for code, name in (("AAAA-AAAA", "wrong code"), (ACCESS_CODE, "marks")):
        page.fill("#code", code)
        page.locator("main button").click()
        _is_accessible(page, name)
    page.goto(site + PAGES["short-code"])
    page.fill("#code", "short")
    page.locator("main button").click()
    _is_accessible(page, "malformed short code")


def test_somebody_with_a_keyboard_and_no_scripts_goes_from_the_paper_to_the_marks_and_the_files(page: Page, site: str) -> None:
    page.goto(site)
    page.focus("#code")
    page.keyboard.type(SHORT_CODE.lower().replace("-", " ").replace("0", "o"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/v/{VALID_TOKEN}")
    page.focus("#code")
    page.keyboard.type("wrong00l")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert page.locator("[role=alert]").is_visible()
    box = page.locator("[role=alert]").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 740, "seen without scrolling"
    page.focus("#code")
    page.keyboard.type(ACCESS_CODE)
    page.keyboard.press("Enter")
    page.wait_for_selector("table")
    assert page.get_by_role("rowheader", name="Toán").count() == 1
    for name, ending in (("Tải tệp PDF", ".pdf"), ("Tải tệp bằng chứng", ".pdf.evidence")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).press("Enter")
        assert download.value.suggested_filename == SHORT_CODE + ending
    assert page.context.cookies() == []
    assert ACCESS_CODE not in page.url


def test_a_file_is_checked_without_scripts(page: Page, site: str) -> None:
    _upload(page, site, pdf_saying("genuine"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("Tệp này là bản gốc, đang có giá trị")


def test_a_page_loads_three_files_of_ours_and_complains_of_nothing(page: Page, site: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site + PAGES["valid"], wait_until="networkidle")
    assert all(url.startswith(site + "/") for url in asked)
    assert len(asked) <= 3
    assert complaints == []
    assert page.context.cookies() == []


def test_the_style_sheet_is_applied_and_follows_light_and_dark(browser: Browser, site: str) -> None:
    papers = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, java_script_enabled=False)
        page = context.new_page()
        page.goto(site)
        papers.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert papers == ["rgb(247, 245, 240)", "rgb(19, 24, 22)"]


def test_the_verdict_is_seen_without_scrolling_on_a_small_phone(page: Page, site: str) -> None:
    for name in ("valid", "unknown", "cannot-tell", "revoked", "superseded"):
        page.goto(site + PAGES[name])
        box = page.locator(".verdict").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 740


def test_details_open_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + PAGES["valid"])
    digest = page.get_by_text("5f" * 32)
    assert not digest.is_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert digest.is_visible()


def test_a_screen_reader_hears_the_verdict_as_the_only_first_heading_with_languages_marked(page: Page, site: str) -> None:
    page.goto(site + PAGES["valid"])
    heading = page.get_by_role("heading", level=1)
    assert heading.count() == 1
    assert heading.inner_text().split("\n") == ["Hợp lệ", "Valid"]
    assert heading.locator("[lang=en]").inner_text() == "Valid"
    assert page.title() == "Hợp lệ · Tra cứu học bạ"
