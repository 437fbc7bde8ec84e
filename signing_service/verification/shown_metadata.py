"""What a viewer shows of a document's metadata: title, author, subject, keywords. Tools renew the rest with every revision."""

from typing import Final
from xml.parsers import expat

from pyhanko.pdf_utils import generic

from signing_service.verification.pdf_graph import PdfGraph, resolve

_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
_ADOBE_PDF: Final = "http://ns.adobe.com/pdf/1.3/"
_SHOWN: Final = frozenset(
    {f"{_DUBLIN_CORE} title", f"{_DUBLIN_CORE} creator", f"{_DUBLIN_CORE} description", f"{_DUBLIN_CORE} subject", f"{_ADOBE_PDF} Keywords"}
)
_INFO_SHOWN: Final = ("/Title", "/Author", "/Subject", "/Keywords")

Properties = frozenset[tuple[str, str]]
"""Names with their texts, white space at the ends taken off."""


def shown_properties(graph: PdfGraph) -> Properties:
    """The properties of the XMP packet and of the information dictionary of one revision.

    Raises:
        ValueError: the packet is no XML, or declares a document type, which could say something else to every reader.
        one of `pdf_graph.UNREADABLE`: its objects cannot be read.
    """
    return _of_packet(graph) | _of_information(graph)


def _of_packet(graph: PdfGraph) -> Properties:
    stream = resolve(graph.root.raw_get("/Metadata")) if "/Metadata" in graph.root else None
    if not isinstance(stream, generic.StreamObject):
        return frozenset()
    return _Collector().read(bytes(stream.data))


def _of_information(graph: PdfGraph) -> Properties:
    trailer = graph.reader.trailer_view
    information = resolve(trailer.raw_get("/Info")) if "/Info" in trailer else None
    if not isinstance(information, generic.DictionaryObject):
        return frozenset()
    return frozenset((name, str(information[name]).strip()) for name in _INFO_SHOWN if name in information)


class _Collector:
    """Reads one packet."""

    def __init__(self) -> None:
        self._found: set[tuple[str, str]] = set()
        self._inside: str | None = None
        self._text: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, packet: bytes) -> Properties:
        """The shown properties.

        Raises:
            ValueError: as `shown_properties` says.
        """
        try:
            self._parser.Parse(packet.strip(b"\0 \t\r\n"), True)
        except expat.ExpatError:
            raise ValueError("metadata-malformed") from None
        return frozenset(self._found)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._found |= {(attribute, text.strip()) for attribute, text in attributes.items() if attribute in _SHOWN}
        if name in _SHOWN:
            self._inside, self._text = name, []

    def _end(self, name: str) -> None:
        if name == self._inside:
            text = "".join(self._text).strip()
            if text:
                self._found.add((name, text))
            self._inside = None

    def _characters(self, text: str) -> None:
        if self._inside is not None:
            self._text.append(text)

    @staticmethod
    def _refuse(*_: object) -> None:
        raise ValueError("metadata-with-document-type")
