"""The council's list: its members, who was present, who voted in writing."""

from signing_service.intake.awards.columns import Column
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.awards.rows import AwardRow, CouncilSize
from signing_service.intake.awards.tables import AwardTable
from signing_service.records.awards.decision import CouncilMember


def read_council(table: AwardTable, findings: AwardFindings) -> tuple[CouncilMember, ...]:
    """The members in the order of the list; a row with an error is left out."""
    members = []
    for number in table.data_rows():
        row = AwardRow(table, number, findings)
        member = CouncilMember(
            name=row.name(table.name_column, person=True),
            role=row.text(Column.ROLE) or "",
            present=row.flag(Column.PRESENT),
            voted_in_writing=row.flag(Column.IN_WRITING),
        )
        if row.sound:
            members.append(member)
    return tuple(members)


def size_of(council: tuple[CouncilMember, ...]) -> CouncilSize | None:
    """How many members there are and how many voted; None without a list."""
    if not council:
        return None
    return CouncilSize(len(council), sum(member.present or member.voted_in_writing for member in council))
