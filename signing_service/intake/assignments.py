"""Which subjects the class has, how each is assessed, and who teaches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from signing_service.ids import PersonCode
from signing_service.intake.cells import read_whole_number
from signing_service.intake.characters import printable_name
from signing_service.intake.collecting import Findings
from signing_service.intake.headings import OPTIONAL_SUBJECTS, Field, subject_code
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.text import folded
from signing_service.records.parties import StaffMember
from signing_service.records.rules.averages import regular_marks_required
from signing_service.records.transcript import AssessmentKind

_NAMES: Final = MappingProxyType(
    {
        "TOAN": "Toán",
        "LSDL": "Lịch sử và Địa lí",
        "KHTN": "Khoa học tự nhiên",
        "TIN": "Tin học",
        "NV": "Ngữ văn",
        "NN1": "Ngoại ngữ 1",
        "GDCD": "Giáo dục công dân",
        "CN": "Công nghệ",
        "GDTC": "Giáo dục thể chất",
        "NT": "Nghệ thuật",
        "NN2": "Ngoại ngữ 2",
        "GDDP": "Nội dung giáo dục của địa phương",
        "TNHN": "Hoạt động trải nghiệm, hướng nghiệp",
        "TDT": "Tiếng dân tộc thiểu số",
        "LS": "Lịch sử",
        "GDQP": "Giáo dục quốc phòng và an ninh",
        "DL": "Địa lí",
        "KTPL": "Giáo dục kinh tế và pháp luật",
        "VL": "Vật lí",
        "HH": "Hoá học",
        "SH": "Sinh học",
        "AN": "Âm nhạc",
        "MT": "Mĩ thuật",
    }
)
_COMMENT_ONLY: Final = frozenset({"GDTC", "NT", "AN", "MT", "GDDP", "TNHN"})
"""TT 22/2021, Điều 5.1a."""


@dataclass(frozen=True, slots=True)
class ClassSubject:
    """One subject of the class; `periods` and `teacher` are None where the workbook does not say."""

    code: str
    name: str
    kind: AssessmentKind
    periods: int | None
    teacher: StaffMember | None

    @property
    def optional(self) -> bool:
        """Whether it is a môn tự chọn."""
        return self.code in OPTIONAL_SUBJECTS

    @property
    def regular_marks(self) -> int | None:
        """How many regular assessments a semester must have, None when the periods are not known."""
        known = self.periods is not None or self.kind is AssessmentKind.COMMENT
        return regular_marks_required(self.kind, self.periods or 0) if known else None


def class_subjects(codes: Sequence[str], sheet: ClassSheet | None, findings: Findings) -> tuple[ClassSubject, ...]:
    """The subjects of the mark sheets, in their order, with what the assignment sheet adds."""
    assigned = _assigned(sheet, findings) if sheet else {}
    return tuple(assigned.get(code) or _unassigned(code) for code in codes)


def _unassigned(code: str) -> ClassSubject:
    kind = AssessmentKind.COMMENT if code in _COMMENT_ONLY else AssessmentKind.SCORED
    return ClassSubject(code, _NAMES[code], kind, periods=None, teacher=None)


def _assigned(sheet: ClassSheet, findings: Findings) -> Mapping[str, ClassSubject]:
    found: dict[str, ClassSubject] = {}
    table = sheet.table
    for row in table.data_rows():
        name = table.text(row, Field.SUBJECT)
        code = subject_code(name)
        if code is None:
            findings.warn("subject-unknown", sheet.place(row, table.columns.get(Field.SUBJECT)))
            continue
        teacher = table.text(row, Field.TEACHER)
        if teacher and not printable_name(teacher):
            findings.refuse("name-characters", sheet.place(row, table.columns[Field.TEACHER]))
            teacher = ""
        staff_code = table.text(row, Field.TEACHER_CODE)
        scored = "diem" in folded(table.text(row, Field.ASSESSMENT))
        found[code] = ClassSubject(
            code,
            name,
            AssessmentKind.SCORED if scored else AssessmentKind.COMMENT,
            read_whole_number(table.value(row, Field.PERIODS)) or None,
            StaffMember(name=teacher, code=PersonCode(staff_code) if staff_code else None) if teacher else None,
        )
    return found
