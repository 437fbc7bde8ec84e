"""What may stand in a cell of an award workbook, and which finding names the one that may not."""

from datetime import date, datetime

import pytest

from signing_service.intake.awards.messages import MESSAGES
from signing_service.records.awards.authority import SigningForm
from signing_service.records.awards.decision import CollectiveAward, Occasion, Votes
from tests.intake.changed_awards import read_with

_P = "Ca nhan"
_C = "Tap the"
_D = "Quyet dinh"


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        (_P, "A8", None, "golden-book-number-missing"),
        (_P, "A8", 2, "golden-book-number-doubled"),
        (_P, "A8", "một", "not-a-whole-number"),
        (_P, "B9", "9907000001", "recipient-code-two-names"),
        (_P, "C8", "Mr", "salutation-unknown"),
        (_P, "C8", None, "value-missing"),
        (_P, "D8", "NguyÔn ThÞ B×nh", "name-legacy-encoding"),
        (_P, "D8", "Trần 2", "name-characters"),
        (_P, "D8", "Trần Văn 😀", "text-characters"),
        (_P, "G8", None, "value-missing"),
        (_P, "I8", "có lẽ", "flag-unknown"),
        (_P, "K8", "Anh hùng Lao động", "title-unknown"),
        (_P, "K8", "Tập thể lao động tiên tiến", "title-for-others"),
        (_P, "K8", "Bằng khen", "title-not-granted-here"),
        (_P, "K8", None, "value-missing"),
        (_P, "L32", None, "campaign-missing"),
        (_P, "L32", "Phong trào không có", "campaign-not-listed"),
        (_P, "M8", "Bất thường", "occasion-unknown"),
        (_P, "N8", "Khá", "rating-unknown"),
        (_P, "N8", None, "rating-missing"),
        (_P, "N18", "Hoàn thành nhiệm vụ", "rating-below-standard"),
        (_P, "O8", None, "neither-excellent-rating-nor-initiative"),
        (_P, "P8", None, "value-missing"),
        (_P, "Q8", 10, "votes-more-than-members"),
        (_P, "Q8", None, "votes-missing"),
        (_P, "Q8", 7, "votes-below-standard"),
        (_P, "R8", 10, "council-size-differs"),
        (_P, "S8", 88.88, "percent-differs"),
        (_P, "S8", "nhiều", "percent-unreadable"),
        (_C, "G8", None, "advanced-workers-missing"),
        (_C, "G8", 6, "advanced-workers-below-standard"),
        (_C, "G8", 99, "workers-more-than-headcount"),
        (_C, "B9", "Trường TH&THCS Suối Mây", "recipient-doubled"),
        (_D, "C7", "0726", "decision-number-form"),
        (_D, "C7", "0727/QĐ-UBND", "decision-number-differs"),
        (_D, "C7", None, "value-missing"),
        (_D, "C8", "31/02/2026", "date-impossible"),
        (_D, "C8", date(2023, 1, 1), "catalogue-unknown"),
        (_D, "C8", None, "value-missing"),
        (_D, "C9", "Hội Mây", "authority-unknown"),
        (_D, "C10", "Giám đốc Sở", "authority-title-differs"),
        (_D, "C11", None, "value-missing"),
        (_D, "C19", 14, "count-differs"),
        (_D, "C15", "Nghị định 😀", "text-characters"),
    ],
)
def test_a_wrong_cell_is_named_and_stops_the_decision(sheet: str, cell: str, value: object, code: str) -> None:
    intake = read_with((sheet, cell, value))
    assert code in [finding.code for finding in intake.errors]
    assert intake.decision is None
    of_row = [finding for finding in intake.errors if finding.code == code]
    assert all(finding.vi and finding.en for finding in of_row)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        (_P, "E8", "Người Sao", "ethnicity-unknown"),
        (_P, "H8", "Huyện Ea Sương", "district-named"),
        (_P, "L8", "Mỗi buôn một tủ sách", "campaign-unexpected"),
        (_P, "M8", None, "occasion-derived"),
        (_P, "A51", 60, "golden-book-number-gap"),
        (_D, "C8", "22/7/26", "date-two-digit-year"),
        (_D, "C8", date(2026, 10, 20), "catalogue-carried-over"),
        (_D, "C8", date(2026, 12, 1), "decision-dated-ahead"),
        (_D, "C17", "Biên bản họp Hội đồng ngày 23/7/2026", "basis-after-decision"),
        (_D, "C12", None, "signer-code-missing"),
    ],
)
def test_an_odd_cell_is_pointed_out_and_taken(sheet: str, cell: str, value: object, code: str) -> None:
    intake = read_with((sheet, cell, value))
    assert code in [finding.code for finding in intake.warnings]
    assert intake.errors == ()
    assert intake.decision is not None


@pytest.mark.parametrize("stated", ["88,89", "88.89", 88.89, "88,9", "89", 89, "88,89%", 8 / 9, "88,8888889", None])
def test_a_share_may_be_text_or_number_with_as_many_decimals_as_somebody_wrote(stated: object) -> None:
    assert read_with((_P, "S8", stated)).errors == ()


@pytest.mark.parametrize("stated", ["88,88", 88.8, "90", 0.9, 1])
def test_a_share_that_is_not_that_of_the_votes_is_refused(stated: object) -> None:
    assert [finding.code for finding in read_with((_P, "S8", stated)).errors] == ["percent-differs"]


def test_eighty_percent_is_enough_and_the_smallest_step_below_is_not() -> None:
    council: list[tuple[str, str, object]] = [("Hoi dong", f"{letter}{row}", None) for row in range(7, 16) for letter in "ABCDE"]
    just = read_with((_P, "Q8", 4), (_P, "R8", 5), (_P, "S8", 80), *council)
    assert just.errors == ()
    below = read_with((_P, "Q8", 799), (_P, "R8", 1000), (_P, "S8", "80"), *council)
    assert [finding.code for finding in below.errors] == ["votes-below-standard"]


def test_more_votes_than_voters_are_refused() -> None:
    intake = read_with(("Hoi dong", "E15", None))
    assert {finding.code for finding in intake.errors} == {"votes-more-than-voters"}


def test_a_wrong_row_leaves_the_other_lines_and_no_decision() -> None:
    intake = read_with((_P, "K8", None))
    assert intake.decision is None
    assert len(intake.lines) == 58


def test_two_sudden_deeds_of_one_person_may_both_be_honoured() -> None:
    intake = read_with(
        (_P, "B46", "9907000040"), (_P, "D46", "Nguyễn Thị Sông Xa Biếc"), (_P, "D47", "Nguyễn Thị Sông Xa Biếc"), (_P, "B47", "9907000040")
    )
    assert "recipient-doubled" not in [finding.code for finding in intake.errors]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("KT. Chủ tịch - Phó Chủ tịch", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Q. CHỦ TỊCH", ("Q. CHỦ TỊCH",)),
        ("Chủ tịch", ("CHỦ TỊCH",)),
    ],
)
def test_the_signing_title_is_read_as_decree_30_writes_it(title: str, lines: tuple[str, ...]) -> None:
    intake = read_with((_D, "B12", "Chức danh người ký"), (_D, "C12", title))
    assert intake.decision is not None
    assert intake.decision.decision.signatory.signing_lines == lines


def test_a_deputy_in_capitals_is_written_as_people_write_it() -> None:
    intake = read_with((_D, "B12", "Chức danh người ký"), (_D, "C12", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"))
    assert intake.decision is not None
    signatory = intake.decision.decision.signatory
    assert (signatory.form, signatory.title, signatory.own_title) == (SigningForm.FOR_HEAD, "Chủ tịch", "Phó Chủ tịch")


def test_a_day_may_be_a_cell_a_text_or_a_moment() -> None:
    for value in (date(2026, 7, 22), datetime(2026, 7, 22), "22/07/2026", "22-7-2026"):  # noqa: DTZ001 - cells know no zone
        intake = read_with((_D, "C8", value))
        assert intake.decision is not None
        assert intake.decision.decision.dated == date(2026, 7, 22)


def test_the_record_holds_what_the_row_says() -> None:
    intake = read_with((_C, "B8", "Tổ  Toán & Tin,\nTrường THCS Thác Bạc "), (_C, "D15", "mỗi buôn một TỦ SÁCH"))
    line = intake.lines[0].line
    assert isinstance(line, CollectiveAward)
    assert (line.number, line.name, line.votes) == (1, "Tổ Toán & Tin, Trường THCS Thác Bạc", Votes(8, 9))
    thematic = intake.lines[7].line.award
    assert (thematic.occasion, thematic.campaign) == (Occasion.THEMATIC, "Mỗi buôn một tủ sách")


def test_every_message_has_both_languages_and_no_full_stop() -> None:
    for vi, en in MESSAGES.values():
        assert vi
        assert en
        assert not vi.endswith(".")
        assert not en.endswith(".")
