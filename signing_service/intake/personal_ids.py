"""The personal ID (số định danh cá nhân, 12 digits): its form, and what it says about sex and year of birth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from signing_service.intake.cells import Reading
from signing_service.intake.findings import Severity
from signing_service.intake.headings import Field
from signing_service.intake.text import clean, raw_text
from signing_service.intake.workbook import CellValue

_LENGTH: Final = 12
_SEPARATORS: Final = str.maketrans("", "", " .-")
_FIRST_CENTURY: Final = 1900


@dataclass(frozen=True, slots=True)
class PersonalId:
    """Twelve digits; the fourth gives sex and century, the fifth and sixth the year of birth (NĐ 137/2015, Điều 13)."""

    digits: str

    @property
    def sex(self) -> str:
        """`Nam` or `Nữ`."""
        return "Nữ" if int(self.digits[3]) % 2 else "Nam"

    @property
    def birth_year(self) -> int:
        """The full year."""
        return _FIRST_CENTURY + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])


def read_personal_id(value: CellValue) -> Reading[PersonalId]:
    """A personal ID; a number cell that lost its first zero gets it back, aloud."""
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    text = clean(raw_text(value)).translate(_SEPARATORS)
    if not text:
        return Reading(None, "personal-id-missing", Severity.WARNING)
    if not (text.isascii() and text.isdigit()):
        return Reading(None, "personal-id-not-digits")
    if numeric and len(text) == _LENGTH - 1:
        return Reading(PersonalId("0" + text), "personal-id-lost-zero", Severity.WARNING)
    if len(text) != _LENGTH:
        return Reading(None, "personal-id-length")
    return Reading(PersonalId(text))


def check_against_id(personal_id: PersonalId, *, sex: str | None, born: date | None) -> Iterator[tuple[str, Field]]:
    """What does not go with the ID: code of the finding and the column at fault."""
    if sex is not None and sex != personal_id.sex:
        yield "sex-differs-from-personal-id", Field.SEX
    if born is not None and born.year != personal_id.birth_year:
        yield "birth-year-differs-from-personal-id", Field.BIRTH_DATE
