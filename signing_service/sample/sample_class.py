"""What is known about a sample class: its workbook, its school, and the people who sign for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from signing_service.records.parties import Issuer, StaffMember


@dataclass(frozen=True, slots=True)
class SampleClass:
    """One class that ships with the program; every name and number is invented."""

    file_name: str
    issuer: Issuer
    class_name: str
    school_year: str
    principal: StaffMember
    homeroom_teacher: StaffMember
    teachers: Mapping[str, StaffMember]
    """Subject code to who teaches the subject in this class."""

    def workbook(self) -> bytes:
        """The shipped `.xlsx` file."""
        return files(__package__).joinpath(self.file_name).read_bytes()

    @property
    def staff(self) -> tuple[StaffMember, ...]:
        """Principal, homeroom teacher, and everybody who teaches the class, each once."""
        return tuple({person.code: person for person in (self.principal, self.homeroom_teacher, *self.teachers.values())}.values())
