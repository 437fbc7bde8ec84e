"""Reads the cells of one pupil's row on one primary sheet."""

from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.primary.cells import (
    read_decision,
    read_primary_result,
    read_subject_level,
    read_test_mark,
    read_tick,
    read_trait_level,
)
from signing_service.intake.row_reader import RowReader
from signing_service.records.primary import (
    QUALITIES,
    Competences,
    PrimaryResult,
    PrimarySubjectLevel,
    Qualities,
    Trait,
    TraitLevel,
)


class PrimaryRow(RowReader):
    """One row of one pupil; every trouble is noted with its place and refuses the row if it must."""

    def subject_level(self, code: str, missing: str | None = None) -> PrimarySubjectLevel | None:
        """Mức đạt được of a subject; `missing` is the code of the error when it is blank, None where it may be."""
        return self._entered(SubjectColumn(code, Part.LEVEL), read_subject_level, missing)

    def test_mark(self, code: str, missing: str | None = None) -> int | None:
        """Điểm kiểm tra định kỳ of a subject."""
        return self._entered(SubjectColumn(code, Part.TEST), read_test_mark, missing)

    def traits(self, required: frozenset[Trait] = frozenset()) -> dict[Trait, TraitLevel]:
        """The qualities and competences that were assessed; a `required` one that is blank refuses the row."""
        found = {trait: self._entered(trait, read_trait_level, "trait-level-missing" if trait in required else None) for trait in Trait}
        return {trait: level for trait, level in found.items() if level is not None}

    def result(self) -> PrimaryResult | None:
        """Kết quả giáo dục as the sheet states it."""
        return self._read(Field.EDUCATION_RESULT, read_primary_result)

    def tick(self, key: Field) -> bool | None:
        """Whether a cell is ticked; None where the sheet has no such column."""
        return self._read(key, read_tick)

    def again_level(self) -> PrimarySubjectLevel | None:
        """Mức đạt được after đánh giá bổ sung."""
        return self._entered(Field.LEVEL, read_subject_level, "result-missing")

    def again_trait(self) -> TraitLevel | None:
        """The level of a quality or competence after đánh giá bổ sung."""
        return self._entered(Field.LEVEL, read_trait_level, "result-missing")

    def again_mark(self, missing: str | None) -> int | None:
        """The mark of the test taken again."""
        return self._entered(Field.TEST_MARK, read_test_mark, missing)

    def decision(self) -> bool | None:
        """Whether the principal lets the pupil move up; None where nothing is said."""
        return self._read(Field.DECISION, read_decision)


def qualities_of(traits: dict[Trait, TraitLevel]) -> Qualities:
    """The qualities among `traits`."""
    return Qualities(**{trait.value: level for trait, level in traits.items() if trait in QUALITIES})


def competences_of(traits: dict[Trait, TraitLevel]) -> Competences:
    """The competences among `traits`."""
    return Competences(**{trait.value: level for trait, level in traits.items() if trait not in QUALITIES})
