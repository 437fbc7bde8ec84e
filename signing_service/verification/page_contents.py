"""Where a page shows something, so that a picture laid over it later is noticed (sneaky signature attack, 2021)."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from signing_service.verification.pdf_graph import Key

_GLYPH_WIDTH: Final = 0.5
"""Mean advance in parts of the font size: text is asked about roughly, and rather too wide than too narrow."""
_TOUCHING: Final = 1.0
"""Points that two boxes may share: neighbours in a form stand edge to edge."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, corners: Any) -> "Box":  # noqa: ANN401 - a PDF array of either library
        """The rectangle of a /Rect, whose corners come in any order (ISO 32000-1, 7.9.5)."""
        first, second, third, fourth = (float(corner) for corner in corners)
        return cls(min(first, third), min(second, fourth), max(first, third), max(second, fourth))

    @property
    def is_visible(self) -> bool:
        """Whether anything can be seen in it."""
        return self.right - self.left > _TOUCHING and self.top - self.bottom > _TOUCHING

    def covers(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > _TOUCHING
            and min(self.top, other.top) - max(self.bottom, other.bottom) > _TOUCHING
        )


def shown_on(pdf: bytes, page: Key) -> tuple[Box, ...] | None:
    """Boxes of the text, pictures and annotations of one page; None when they cannot be told."""
    try:
        reader = PdfReader(BytesIO(pdf), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        found = next((one for one in reader.pages if one.indirect_reference and one.indirect_reference.idnum == page[0]), None)
        return None if found is None else (*_drawn(found), *_annotations(found))
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, NotImplementedError, OSError):
        return None


def _drawn(page: PageObject) -> Iterator[Box]:
    boxes: list[Box] = []

    def text(words: str, matrix: list[float], text_matrix: list[float], _: Any, size: float) -> None:  # noqa: ANN401 - pypdf's callback
        if words.strip():
            left, bottom = _placed(matrix, text_matrix[4], text_matrix[5])
            height = max(abs(size * text_matrix[3] * matrix[3]), 1.0)
            width = max(len(line) for line in words.splitlines()) * _GLYPH_WIDTH * height
            boxes.append(Box(left, bottom, left + width, bottom + height))

    def picture(operator: bytes, _: Any, matrix: list[float], __: Any) -> None:  # noqa: ANN401 - pypdf's callback
        if operator == b"Do":
            first, second = _placed(matrix, 0, 0), _placed(matrix, 1, 1)
            boxes.append(Box.of((*first, *second)))

    page.extract_text(visitor_text=text, visitor_operand_before=picture)
    yield from boxes


def _placed(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _annotations(page: PageObject) -> Iterator[Box]:
    for annotation in page.get("/Annots") or ():
        if "/Rect" in annotation.get_object():
            yield Box.of(annotation.get_object()["/Rect"])
