"""The schools that intake may recognise: what a workbook does not say itself, such as codes, comes from here."""

from dataclasses import dataclass

from signing_service.records.transcript import Issuer, StaffMember


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A registered school and the people who teach and sign there."""

    issuer: Issuer
    staff: tuple[StaffMember, ...] = ()
