"""The title that a viewer writes above a document: it is shown like a page, so it may not change after signing either."""

import xml.etree.ElementTree as ET
from typing import Final

from pyhanko.pdf_utils import generic

from signing_service.verification.pdf_graph import PdfGraph, resolve

_DC_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"


def titles_of(graph: PdfGraph) -> tuple[str, ...] | None:
    """The titles in the document information and in the XMP metadata (ISO 32000-1, 14.3; 12.2, DisplayDocTitle), in this order.

    None when the metadata cannot be read: who changes something into that tells nothing about the title.

    Raises:
        one of `pdf_graph.UNREADABLE`: an object cannot be read.
    """
    described = _from_metadata(graph)
    return None if described is None else (*_from_information(graph), *described)


def _from_information(graph: PdfGraph) -> tuple[str, ...]:
    trailer = graph.reader.trailer_view
    information = resolve(trailer.raw_get("/Info")) if "/Info" in trailer else None
    if not isinstance(information, generic.DictionaryObject) or "/Title" not in information:
        return ()
    return (str(resolve(information.raw_get("/Title"))),)


def _from_metadata(graph: PdfGraph) -> tuple[str, ...] | None:
    metadata = resolve(graph.root.raw_get("/Metadata")) if "/Metadata" in graph.root else None
    if not isinstance(metadata, generic.StreamObject):
        return ()
    packet = metadata.data
    if b"<!" in packet.replace(b"\0", b"").replace(b"<!--", b""):
        # No metadata needs a document type; entities only multiply.
        return None
    try:
        tree = ET.fromstring(packet)  # noqa: S314 - without a document type there are no entities to expand
    except (ET.ParseError, ValueError, LookupError):
        return None
    texts = ("".join(element.itertext()).strip() for element in tree.iter(_DC_TITLE))
    attributes = (element.attrib[_DC_TITLE] for element in tree.iter() if _DC_TITLE in element.attrib)
    return tuple(text for text in (*texts, *attributes) if text)
