"""The picture in a signature field: the page that rendering drew, put into the field as it is."""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AnnotAppearances
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from signing_service.errors import InvalidInputError
from signing_service.signing.revisions import AppendingWriter


def draw(writer: AppendingWriter, widget: Any, mark: bytes) -> None:  # noqa: ANN401 pyHanko's PDF objects are untyped dictionaries
    """Make the one page of `mark` the appearance of `widget`, centred, in its own proportions.

    A viewer stretches the appearance's /BBox onto the widget's /Rect (ISO 32000-1, 12.5.5), so the box is widened to that shape.

    Raises:
        InvalidInputError: `mark` is no PDF page (`mark-unreadable`).
    """
    try:
        reference = writer.import_page_as_xobject(PdfFileReader(BytesIO(mark)))
    except (PdfReadError, ValueError, KeyError):
        raise InvalidInputError(
            "mark-unreadable", vi="Không đọc được hình chữ ký.", en="The picture of the signature cannot be read."
        ) from None
    picture = reference.get_object()
    edges = _widened(picture["/BBox"], widget["/Rect"])
    picture["/BBox"] = generic.ArrayObject(map(generic.FloatObject, edges))
    appearances: generic.PdfObject = AnnotAppearances(reference).as_pdf_object()
    widget[pdf_name("/AP")] = appearances
    writer.update_container(widget)


def _widened(box: Any, rectangle: Any) -> tuple[float, float, float, float]:  # noqa: ANN401 see above
    left, bottom, right, top = map(float, box)
    x1, y1, x2, y2 = map(float, rectangle)
    width, height = right - left, top - bottom
    shape = abs(x2 - x1) / abs(y2 - y1)
    sideways, upwards = max(0.0, height * shape - width) / 2, max(0.0, width / shape - height) / 2
    return left - sideways, bottom - upwards, right + sideways, top + upwards
