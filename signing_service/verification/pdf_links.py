"""Which references stand inside an object, told once for every place in a file however many revisions read it."""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic

from signing_service.verification.pdf_graph import Key, PdfGraph, Place, items_of, resolve

Link = tuple[str, Key]
"""The path inside the object, and what stands there."""


class Links:
    """The references of one file's objects by their place; revisions share it, because they are prefixes of the same bytes."""

    def __init__(self) -> None:
        self._known: dict[Place, tuple[Link, ...]] = {}

    def of(self, graph: PdfGraph, key: Key) -> tuple[Link, ...]:
        """The references inside an object of `graph` that is there.

        Raises:
            one of `pdf_graph.UNREADABLE`: it cannot be read.
        """
        place = graph.place_of(key)
        if place is None:
            return ()
        if place not in self._known:
            self._known[place] = tuple(_links(resolve(in_reader(key, graph))))
        return self._known[place]


def in_reader(link: Key, graph: PdfGraph) -> generic.IndirectObject:
    """The reference as `graph` follows it."""
    return generic.IndirectObject(link[0], link[1], graph.reader)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped


def _links(value: Any) -> Iterator[Link]:  # noqa: ANN401 - a PDF object of any kind
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, generic.IndirectObject):
            yield path, (here.idnum, here.generation)
        elif isinstance(here, generic.DictionaryObject):
            waiting += [(path + name, here.raw_get(name)) for name in here]
        elif isinstance(here, generic.ArrayObject):
            waiting += [(f"{path}/{index}", member) for index, member in enumerate(items_of(here))]
