"""Who a certificate speaks of."""

import re
import unicodedata
from dataclasses import dataclass

from asn1crypto import x509

from signing_service.errors import InvalidInputError

LONGEST_ATTRIBUTE = 64
"""Characters; the common upper bound of X.520 for these attributes (RFC 5280, appendix A.1)."""

_PRINTABLE = re.compile(r"[A-Za-z0-9 '()+,\-./:=?]+")


@dataclass(frozen=True, slots=True)
class SubjectName:
    """A distinguished name under C=VN, from the general to the particular.

    Every part has 1 to 64 NFC characters without control characters. `serial_number` tells namesakes apart (a staff or school code, never a
    citizen's number: certificates are public) in the characters of PrintableString.

    Raises:
        InvalidInputError: a part breaks these bounds (`certificate-subject`).
    """

    common_name: str
    organisation: str
    organisational_unit: str | None = None
    title: str | None = None
    serial_number: str | None = None

    def __post_init__(self) -> None:
        for part in (self.common_name, self.organisation, self.organisational_unit, self.title, self.serial_number):
            if part is not None and not _is_writable(part):
                raise _bad_subject()
        if self.serial_number is not None and not _PRINTABLE.fullmatch(self.serial_number):
            raise _bad_subject()

    def to_der(self) -> bytes:
        """DER of the name in the order C, O, OU, title, serialNumber, CN; UTF8String wherever RFC 5280 leaves the choice."""
        parts = (
            ("country_name", "printable_string", "VN"),
            ("organization_name", "utf8_string", self.organisation),
            ("organizational_unit_name", "utf8_string", self.organisational_unit),
            ("title", "utf8_string", self.title),
            ("serial_number", "printable_string", self.serial_number),
            ("common_name", "utf8_string", self.common_name),
        )
        # Not by `cryptography`: it counts octets where X.520 counts characters, and so refuses Vietnamese names of the allowed length.
        sequence = [
            x509.RelativeDistinguishedName([{"type": kind, "value": x509.DirectoryString(name=string, value=value)}])
            for kind, string, value in parts
            if value is not None
        ]
        encoded: bytes = x509.Name(name="", value=x509.RDNSequence(sequence)).dump()
        return encoded


def _is_writable(part: str) -> bool:
    return (
        0 < len(part) <= LONGEST_ATTRIBUTE
        and part == part.strip()
        and unicodedata.is_normalized("NFC", part)
        and not any(unicodedata.category(character).startswith("C") for character in part)
    )


def _bad_subject() -> InvalidInputError:
    return InvalidInputError(
        "certificate-subject",
        vi="Mỗi phần của tên trong chứng thư có từ 1 đến 64 ký tự Unicode dựng sẵn; "
        "tên dài hơn thì dùng tên viết tắt chính thức; mã số chỉ có chữ cái không dấu, chữ số và dấu ' ( ) + , - . / : = ?",
        en="Each part of a certificate's subject has 1 to 64 NFC characters; "
        "for a longer name use its official short form; a serial number has only ASCII letters, digits and ' ( ) + , - . / : = ?",
    )
