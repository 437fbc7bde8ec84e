"""What rendering takes beside the record, and what it gives back."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from signing_service.ids import Sha256, ShortCode

TEACHER_FIELD: Final = "GVCN"
PRINCIPAL_FIELD: Final = "HT"
SEAL_FIELD: Final = "DAU"
COPY_FIELD: Final = "CO_QUAN_SAO"
"""The one field of an extract (trích sao): the organisation that copies."""

AUTHORITY_FIELD: Final = "NGUOI_KY"
OFFICE_SEAL_FIELD: Final = "DAU_CO_QUAN"

AWARD_FIELD_NAMES: Final = (AUTHORITY_FIELD, OFFICE_SEAL_FIELD)
"""The fields of award decisions and certificates, in the order of signing."""

FIELD_NAMES: Final = (TEACHER_FIELD, PRINCIPAL_FIELD, SEAL_FIELD)
"""The signature form fields of every transcript, in the order of signing."""

FIELD_SIZES_MM: Final = MappingProxyType(
    {
        TEACHER_FIELD: (50, 22),
        PRINCIPAL_FIELD: (50, 22),
        SEAL_FIELD: (36, 36),
        COPY_FIELD: (78, 18),
        AUTHORITY_FIELD: (50, 22),
        OFFICE_SEAL_FIELD: (36, 36),
    }
)
"""Width and height of each field on paper. A seal is printed in its real size (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """The verification address as it stands on the page: drawn once per document, then stored."""

    url: str
    """Absolute URL, at most 120 ASCII characters; it is printed and becomes the QR code."""
    short_code: ShortCode


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """An unsigned PDF/A-3a and PDF/UA-1 file, and what it was made with."""

    pdf: bytes
    sha256: Sha256
    template: str
    """Identifier and version of the template, such as `thcs-2021/1`."""
    typst_version: str
    fonts: tuple[str, ...]
    """Font packages with versions, such as `fontpkg-noto-serif 2.15`."""
    field_names: tuple[str, ...] = FIELD_NAMES
