"""Which fields, put onto a page after it was certified, lie over something that the certifier saw there."""

from collections.abc import Iterator
from typing import Final

from pyhanko.pdf_utils import generic

from signing_service.verification.page_contents import Box, shown_on
from signing_service.verification.pdf_graph import UNREADABLE, FormField, Key, PdfGraph, items_of, key_of, resolve
from signing_service.verification.pdf_links import in_reader

_MOST_LATE_FIELDS: Final = 50


def fields_laid_over(pdf: bytes, certified: PdfGraph, latest: PdfGraph) -> tuple[str, ...]:
    """Names of fields of `latest` that `certified` has not, and that cover text, pictures or fields of it; `pdf` is its bytes.

    A field that cannot be placed counts as lying over something.
    """
    known = {one.name for one in certified.fields}
    late = [one for one in latest.fields if one.name not in known][:_MOST_LATE_FIELDS]
    return tuple(dict.fromkeys(one.name for one in late if _lies_over(one, pdf, latest)))


def _lies_over(one: FormField, pdf: bytes, latest: PdfGraph) -> bool:
    try:
        for page, box in _places(one, latest):
            shown = shown_on(pdf, page) if box.is_visible else ()
            if shown is None or any(box.covers(other) for other in shown):
                return True
    except UNREADABLE:
        return True
    return False


def _places(one: FormField, latest: PdfGraph) -> Iterator[tuple[Key, Box]]:
    for page in latest.pages:
        node = resolve(in_reader(page, latest))
        members = resolve(node.raw_get("/Annots")) if "/Annots" in node else None
        for member in items_of(members) if isinstance(members, generic.ArrayObject) else ():
            widget = resolve(member)
            if key_of(member) in one.widgets and "/Rect" in widget:
                yield page, Box.of(widget["/Rect"])
