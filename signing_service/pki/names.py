"""Who a certificate speaks of."""

import re
import unicodedata
from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

from signing_service.errors import InvalidInputError

LONGEST_ATTRIBUTE = 64
"""Characters; the common upper bound of X.520 for these attributes (RFC 5280, appendix A.1)."""

_PRINTABLE = re.compile(r"[A-Za-z0-9 '()+,\-./:=?]+")


@dataclass(frozen=True, slots=True)
class SubjectName:
    """A distinguished name under C=VN, from the general to the particular.

    Every part has 1 to 64 NFC characters without control characters, the common name at most 64 octets of UTF-8. `serial_number` tells
    namesakes apart (a staff or school code, never a citizen's number: certificates are public) in the characters of PrintableString.

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
        # X.520 counts characters, but the library that encodes (and others that read) count the octets of a common name.
        if len(self.common_name.encode()) > LONGEST_ATTRIBUTE:
            raise _bad_subject()
        if self.serial_number is not None and not _PRINTABLE.fullmatch(self.serial_number):
            raise _bad_subject()

    def as_x509(self) -> x509.Name:
        """The name in the order C, O, OU, title, serialNumber, CN; UTF8String wherever RFC 5280 leaves the choice."""
        parts = (
            (NameOID.COUNTRY_NAME, "VN"),
            (NameOID.ORGANIZATION_NAME, self.organisation),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, self.organisational_unit),
            (NameOID.TITLE, self.title),
            (NameOID.SERIAL_NUMBER, self.serial_number),
            (NameOID.COMMON_NAME, self.common_name),
        )
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value is not None])


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
        vi="Mỗi phần của tên trong chứng thư có từ 1 đến 64 ký tự Unicode dựng sẵn (tên chung: tối đa 64 byte UTF-8); "
        "tên dài hơn thì dùng tên viết tắt chính thức; mã số chỉ có chữ cái không dấu, chữ số và dấu ' ( ) + , - . / : = ?",
        en="Each part of a certificate's subject has 1 to 64 NFC characters (the common name: at most 64 octets of UTF-8); "
        "for a longer name use its official short form; a serial number has only ASCII letters, digits and ' ( ) + , - . / : = ?",
    )
