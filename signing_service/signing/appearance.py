"""The picture in a signature field: the page that rendering drew, put into the field as it is."""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AnnotAppearances, PdfResources
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import init_xobject_dictionary

from signing_service.errors import InvalidInputError
from signing_service.signing.revisions import AppendingWriter, unreadable

_MARK = pdf_name("/Mark")


def draw(writer: AppendingWriter, widget: Any, mark: bytes) -> None:  # noqa: ANN401 pyHanko's PDF objects are untyped dictionaries
    """Make the one page of `mark` the appearance of `widget`, as large as fits, centred, in its own proportions.

    The new appearance keeps the /BBox of the empty one and has no /Filter, as that has none: EU DSS calls a change of either undefined.

    Raises:
        InvalidInputError: `mark` is no PDF page (`mark-unreadable`).
        RefusedError: the field has no empty appearance, so it is not ours (`head-unreadable`).
    """
    try:
        page = writer.import_page_as_xobject(PdfFileReader(BytesIO(mark)))
    except (PdfReadError, ValueError, KeyError):
        raise InvalidInputError(
            "mark-unreadable", vi="Không đọc được hình chữ ký.", en="The picture of the signature cannot be read."
        ) from None
    resources = PdfResources()  # type: ignore[no-untyped-call] # pyHanko gives it no types
    resources.xobject[_MARK] = page
    box = _empty_box(widget)
    appearance = init_xobject_dictionary(
        command_stream=b"q %s cm /Mark Do Q" % _placement(page.get_object()["/BBox"], box),
        box_width=0,
        box_height=0,
        resources=resources.as_pdf_object(),
    )
    appearance[pdf_name("/BBox")] = generic.ArrayObject(box)
    appearances: generic.PdfObject = AnnotAppearances(writer.add_object(appearance)).as_pdf_object()
    widget[pdf_name("/AP")] = appearances
    writer.update_container(widget)


def _empty_box(widget: Any) -> Any:  # noqa: ANN401 see above
    try:
        return widget["/AP"]["/N"]["/BBox"]
    except KeyError:
        raise unreadable() from None


def _placement(picture: Any, box: Any) -> bytes:  # noqa: ANN401 see above
    """The matrix that scales and moves the picture into the middle of the box."""
    left, bottom, right, top = map(float, picture)
    x1, y1, x2, y2 = map(float, box)
    scale = min((x2 - x1) / (right - left), (y2 - y1) / (top - bottom))
    x = (x1 + x2 - scale * (left + right)) / 2
    y = (y1 + y2 - scale * (bottom + top)) / 2
    return b"%.5f 0 0 %.5f %.3f %.3f" % (scale, scale, x, y)
