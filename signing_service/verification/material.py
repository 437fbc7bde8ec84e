"""Certificates and revocation data that a file brings along: its document security store (ETSI EN 319 142-1, 5.4.2)."""

from dataclasses import dataclass, field
from typing import Final

from pyhanko.pdf_utils import generic

from signing_service.verification.pdf_graph import UNREADABLE, PdfGraph, items_of, resolve

_MOST_OF_A_KIND: Final = 200
_LONGEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Material:
    """DER certificates, CRLs and OCSP responses; nothing in it is believed before it is checked."""

    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    crls: tuple[bytes, ...] = field(default=(), repr=False)
    ocsps: tuple[bytes, ...] = field(default=(), repr=False)

    def __add__(self, other: "Material") -> "Material":
        return Material(
            tuple(dict.fromkeys(self.certificates + other.certificates)),
            tuple(dict.fromkeys(self.crls + other.crls)),
            tuple(dict.fromkeys(self.ocsps + other.ocsps)),
        )

    @property
    def has_revocation_data(self) -> bool:
        """Whether there is a CRL or an OCSP response."""
        return bool(self.crls or self.ocsps)


def read_dss(graph: PdfGraph) -> Material:
    """The store of one revision; what cannot be read in it is left out, because leaving out can only make a verdict worse."""
    store = resolve(graph.root.raw_get("/DSS")) if "/DSS" in graph.root else None
    if not isinstance(store, generic.DictionaryObject):
        return Material()
    return Material(_streams(store, "/Certs"), _streams(store, "/CRLs"), _streams(store, "/OCSPs"))


def _streams(store: generic.DictionaryObject, name: str) -> tuple[bytes, ...]:
    found: list[bytes] = []
    members = resolve(store.raw_get(name)) if name in store else None
    if isinstance(members, generic.ArrayObject):
        for member in items_of(members)[:_MOST_OF_A_KIND]:
            try:
                stream = resolve(member)
                if isinstance(stream, generic.StreamObject) and len(stream.data) <= _LONGEST:
                    found.append(bytes(stream.data))
            except UNREADABLE:
                continue
    return tuple(found)
