"""One invented award decision, small and complete, for every test that needs one; each call returns equal values."""

from datetime import UTC, date, datetime

from signing_service.ids import DecisionId, PersonCode, RecordId, UnitCode
from signing_service.records.awards.authority import AuthorityKind, IssuingAuthority, Signatory, SigningForm
from signing_service.records.awards.canonical import award_digest
from signing_service.records.awards.certificate import AwardCertificate, AwardCertificateRecord, Recipient
from signing_service.records.awards.decision import (
    Area,
    Award,
    AwardDecision,
    AwardDecisionRecord,
    CollectiveAward,
    CouncilMember,
    IndividualAward,
    LegalBasis,
    Occasion,
    Rating,
    Section,
    Votes,
)

CAMPAIGN = "Mỗi ngày đến trường là một ngày gieo hạt"
DEPARTMENT = IssuingAuthority(
    code=UnitCode("99"),
    kind=AuthorityKind.DEPARTMENT,
    name="Sở Giáo dục và Đào tạo Đắk Lắk",
    superior="UBND tỉnh Đắk Lắk",
    province="Tỉnh Đắk Lắk",
    place_of_issue="Đắk Lắk",
    head_title="Giám đốc Sở Giáo dục và Đào tạo",
)
COMMUNE = IssuingAuthority(
    code=UnitCode("99001"),
    kind=AuthorityKind.COMMUNE,
    name="Ủy ban nhân dân xã Ea Sương",
    superior=None,
    province="Tỉnh Đắk Lắk",
    place_of_issue="Ea Sương",
    head_title="Chủ tịch Ủy ban nhân dân xã Ea Sương",
)
DIRECTOR = Signatory("Hoàng Núi Biếc", PersonCode("9907200001"), SigningForm.DIRECT, "Giám đốc")
DEPUTY = Signatory("H'Trăng Mẫu Êban", PersonCode("9907200002"), SigningForm.FOR_HEAD, "Giám đốc", "Phó Giám đốc")
CHAIR = Signatory("Y Suối Mẫu Niê", PersonCode("9907200003"), SigningForm.FOR_COLLECTIVE, "Ủy ban nhân dân", "Chủ tịch")

_LONG = (
    "Có thành tích xuất sắc trong phong trào dạy tốt, học tốt; sáng kiến “Thư viện trên gùi” đưa sách song ngữ Việt - Ê Đê đến mười bốn "
    "buôn, vận động 127 học sinh trở lại lớp và giữ sĩ số 99,6% cả năm học 2025-2026."
)


def example_decision() -> AwardDecision:
    """A full decision of the department: two collectives, five people, every occasion, a deputy who signs for the director."""
    return AwardDecision(
        catalogue="awards-2025-07",
        form="qdkt-2020",
        number="9071/QĐ-SGDĐT",
        dated=date(2026, 7, 21),
        authority=DEPARTMENT,
        signatory=DEPUTY,
        subject="Về việc khen thưởng năm học 2025-2026",
        school_year="2025-2026",
        legal_bases=(
            LegalBasis("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", date(2022, 6, 15)),
            LegalBasis("Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ", date(2025, 6, 14)),
            LegalBasis("Biên bản họp Hội đồng Thi đua - Khen thưởng ngành ngày 16/7/2026", date(2026, 7, 16)),
        ),
        campaigns=(CAMPAIGN,),
        articles=(
            "Tặng danh hiệu và Giấy khen cho 02 tập thể và 05 cá nhân có tên trong danh sách kèm theo Quyết định này.",
            "Quyết định này có hiệu lực kể từ ngày ký.",
            "Chánh Văn phòng và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        ),
        sent_to=("Như Điều 3;", "Ban Thi đua - Khen thưởng tỉnh (b/c);", "Lưu: VT, HĐTĐKT."),
        collectives=_collectives(),
        individuals=_individuals(),
        proposed_by="Hội đồng Thi đua - Khen thưởng ngành",
        council=(
            CouncilMember("Hoàng Núi Biếc", "Chủ tịch Hội đồng", present=True, voted_in_writing=False),
            *(
                CouncilMember(f"Uỷ Viên Mẫu {n}", "Uỷ viên", present=n != "Ba", voted_in_writing=n == "Ba")
                for n in ("Hai", "Ba", "Tư", "Năm")
            ),
        ),
    )


def _collectives() -> tuple[CollectiveAward, ...]:
    area = Area("Xã Ea Sương", remote=True, minority=True)
    advanced = Award("tap-the-lao-dong-tien-tien", "Tập thể lao động tiên tiến", Occasion.REGULAR, "Duy trì sĩ số 99,6%.")
    thematic = Award("giay-khen", "Giấy khen", Occasion.THEMATIC, _LONG, CAMPAIGN)
    return (
        CollectiveAward(1, "Trường TH&THCS Suối Mây", advanced, area, Votes(5, 5), advanced_workers=7, headcount=10),
        CollectiveAward(2, "Tổ Ngữ văn - Lịch sử và Địa lí, Trường Phổ thông dân tộc nội trú THCS Thác Bạc", thematic, area, Votes(4, 5)),
    )


def _individuals() -> tuple[IndividualAward, ...]:
    area = Area("Xã Ea Sương", remote=False, minority=True)
    lines = (
        ("Bà", "H'Sương Niê Kđăm", "Ê Đê", "chien-si-thi-dua-co-so", "Chiến sĩ thi đua cơ sở", Occasion.REGULAR, _LONG),
        ("Ông", "Y Nguyên Ƀkrông", "Ê Đê", "lao-dong-tien-tien", "Lao động tiên tiến", Occasion.REGULAR, "Hoàn thành tốt nhiệm vụ."),
        ("Bà", "Nguyễn Thị Ban Mai Vàng", "Kinh", "giay-khen", "Giấy khen", Occasion.THEMATIC, "Mở lớp đọc sách buổi tối tại buôn."),
        ("Ông", "Phạm Gió Ngàn", "Kinh", "giay-khen", "Giấy khen", Occasion.SUDDEN, "Kịp thời sơ tán 74 học sinh trong đợt lũ."),
        (
            "Bà",
            "Điểu Lá Biếc Kon Sơ K'Bút",
            "M'Nông",
            "giay-khen",
            "Giấy khen",
            Occasion.REGULAR,
            "Nhiều năm liền hoàn thành tốt nhiệm vụ.",
        ),
    )
    return tuple(
        IndividualAward(
            number=number,
            salutation=salutation,
            name=name,
            position="Giáo viên",
            unit="Trường TH&THCS Suối Mây",
            award=Award(key, title, occasion, achievement, CAMPAIGN if occasion is Occasion.THEMATIC else None),
            code=PersonCode(f"99072010{number:02}"),
            ethnicity=ethnicity,
            area=area,
            votes=Votes(4, 5),
            rating=Rating.EXCELLENT if number == 1 else Rating.GOOD,
        )
        for number, (salutation, name, ethnicity, key, title, occasion, achievement) in enumerate(lines, start=1)
    )


def example_decision_record() -> AwardDecisionRecord:
    """The example with fixed identity."""
    return AwardDecisionRecord(
        record_id=RecordId("5f0c1d52-3a44-4d0e-9d0f-2f6d1a7c9b11"),
        decision_id=DecisionId("0d8f6c1e-6c5b-4a0b-8a53-7b6a1e2f3c44"),
        created_at=datetime(2026, 7, 21, 2, 0, tzinfo=UTC),
        decision=example_decision(),
    )


def example_certificate_record(section: Section = Section.INDIVIDUAL, number: int = 1) -> AwardCertificateRecord:
    """The certificate of one recipient of the example."""
    record = example_decision_record()
    decision = record.decision
    lines = decision.individuals if section is Section.INDIVIDUAL else decision.collectives
    line = next(line for line in lines if line.number == number)
    return AwardCertificateRecord(
        record_id=RecordId("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"),
        created_at=record.created_at,
        decision_id=record.decision_id,
        decision_record=award_digest(record),
        certificate=AwardCertificate(
            catalogue=decision.catalogue,
            form="giay-khen-2023",
            heading="Tặng" if line.award.title == "giay-khen" else "Tặng danh hiệu",
            authority=decision.authority,
            signatory=decision.signatory,
            decision_number=decision.number,
            decision_dated=decision.dated,
            golden_book_number=line.number,
            recipient=_recipient(line),
            award=line.award,
            school_year=decision.school_year,
        ),
    )


def _recipient(line: CollectiveAward | IndividualAward) -> Recipient:
    if isinstance(line, CollectiveAward):
        return Recipient(Section.COLLECTIVE, line.name)
    return Recipient(Section.INDIVIDUAL, line.name, salutation=line.salutation, position=line.position, unit=line.unit)
