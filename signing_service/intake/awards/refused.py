"""The nominations that were refused: each has to have its reason, found by the same standards as the annex."""

from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.rows import AwardRow, CouncilSize
from signing_service.intake.awards.standards import check_standard, titled
from signing_service.intake.awards.tables import AwardTable
from signing_service.records.awards.catalogue import AwardCatalogue
from signing_service.records.awards.standards import Nomination


def read_refused(table: AwardTable, catalogue: AwardCatalogue, council: CouncilSize | None, findings: AwardFindings) -> None:
    """Name the reason of every refused nomination as an error of its row; none of them reaches the decision."""
    for number in table.data_rows():
        row = AwardRow(table, number, findings)
        title = titled(row, catalogue)
        nomination = Nomination(
            votes=row.votes(council),
            rating=row.rating(),
            initiative=row.text(Column.INITIATIVE),
            advanced_workers=row.number(Column.ADVANCED_WORKERS),
            headcount=row.number(Column.HEADCOUNT),
            disciplined=row.flag(Column.DISCIPLINED),
            under_discipline=row.flag(Column.UNDER_DISCIPLINE),
        )
        if title is not None:
            check_standard(row, nomination, title)
        if row.sound:
            row.warn("refused-nomination-sound", None)
