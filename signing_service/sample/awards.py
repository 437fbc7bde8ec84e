"""The award decision that ships with the program: an invented commune, invented schools and people."""

from importlib.resources import files
from typing import Final

from signing_service.ids import PersonCode, UnitCode
from signing_service.records.awards.authority import AuthorityKind, IssuingAuthority, Signatory, SigningForm

SAMPLE_AUTHORITY: Final = IssuingAuthority(
    code=UnitCode("99000799"),
    kind=AuthorityKind.COMMUNE,
    name="Ủy ban nhân dân xã Ea Sương",
    superior=None,
    province="Tỉnh Đắk Lắk",
    place_of_issue="Ea Sương",
    head_title="Chủ tịch Ủy ban nhân dân xã Ea Sương",
)
"""The commune of the sample school; codes that begin with 99 belong to nobody."""

SAMPLE_SIGNATORY: Final = Signatory("Y Núi Xanh Niê", PersonCode("9907990001"), SigningForm.DIRECT, "Chủ tịch")
SAMPLE_CLERK: Final = PersonCode("9907990002")
SAMPLE_CLERK_NAME: Final = "Nguyễn Thị Sớm Mai"
"""Keeps the files of the award council."""


def sample_award_workbook() -> bytes:
    """The `.xlsx` file of decision 0726/QĐ-UBND: 15 collectives and 44 people, the council, and three refused nominations."""
    return files(__package__).joinpath("khen-thuong-xa-ea-suong.xlsx").read_bytes()
