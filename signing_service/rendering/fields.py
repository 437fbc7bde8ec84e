"""Signature fields: what Typst cannot draw, made from the link boxes it can draw.

A template marks each field as a link to `field:NAME`. Typst gives every link an annotation, a structure element with an object
reference, and an entry in the parent tree, in reading order. Here the link becomes a merged field and widget, and its element a
`Form` with an alternative text, so that a later signature adds a value and an appearance and changes no structure (ISO 14289-1,
7.18.4).
"""

import re
from dataclasses import dataclass
from typing import Final

from signing_service.rendering.pdf_objects import PdfObjects

_LINK: Final = b"<</Type/Annot/Subtype/Link"
_MARK: Final = re.compile(rb"/Rect\[(?P<rect>[-\d. ]+)\].*?/URI\(field:(?P<name>[A-Z_]+)\).*?/StructParent (?P<key>\d+)", re.DOTALL)
_PRINT_AND_LOCKED: Final = 132
_SIGNATURES_EXIST_AND_APPEND_ONLY: Final = 3


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One empty signature field."""

    name: str
    description: str
    """Read aloud by a screen reader: tooltip, contents and alternative text."""
    locks: tuple[str, ...] = ()
    """Names of the fields that signing this one locks (ISO 32000-1, 12.7.4.5, action Include)."""


def _text(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _lock(field: SignatureField) -> bytes:
    if not field.locks:
        return b""
    names = b"".join(b"(%s)" % name.encode("ascii") for name in field.locks)
    return b"/Lock<</Type/SigFieldLock/Action/Include/Fields[%s]>>" % names


def _empty_appearance(rect: bytes) -> bytes:
    left, bottom, right, top = (float(part) for part in rect.split())
    return b"<</Type/XObject/Subtype/Form/BBox[0 0 %.3f %.3f]/Resources<<>>/Length 0>>\nstream\n\nendstream" % (right - left, top - bottom)


def with_signature_fields(typeset_pdf: bytes, fields: tuple[SignatureField, ...]) -> bytes:
    """Turn the marked link boxes of a typeset file into empty, tagged signature fields.

    Raises:
        IntegrityError: a field has no mark in the file, or the file is not in Typst's grammar (`unexpected-pdf-grammar`).
    """
    objects = PdfObjects(typeset_pdf)
    marks = {
        match["name"].decode(): (number, match)
        for number in objects.numbers_starting_with(_LINK)
        if (match := _MARK.search(objects.body(number))) is not None
    }
    if set(marks) != {field.name for field in fields}:
        raise objects.unexpected()
    tree_root = objects.only(b"<</Type/StructTreeRoot")
    parent_tree = objects.find(tree_root, rb"/ParentTree<</Nums\[(.*?)\]>>").group(1)
    elements = {int(key): int(element) for key, element in re.findall(rb"(\d+) (\d+) 0 R", parent_tree)}
    widgets = []
    for field in fields:
        number, mark = marks[field.name]
        element = elements[int(mark["key"])]
        page = objects.find(element, rb"/Type/OBJR/Pg (\d+ 0 R)").group(1)
        description = _text(field.description)
        appearance = objects.add(_empty_appearance(mark["rect"]))
        objects.replace(
            number,
            b"<</Type/Annot/Subtype/Widget/FT/Sig/T(%s)/TU%s/Contents%s/Rect[%s]/F %d/P %s/StructParent %s/AP<</N %d 0 R>>%s>>"
            % (
                field.name.encode("ascii"),
                description,
                description,
                mark["rect"],
                _PRINT_AND_LOCKED,
                page,
                mark["key"],
                appearance,
                _lock(field),
            ),
        )
        objects.change(element, rb"/S/Link", b"/S/Form/Alt" + description)
        # A sole kid stands without brackets: pyHanko's difference analysis follows no other way to a widget.
        objects.change(element, rb"/K\[(<</Type/OBJR[^\]]*>>)\]", rb"/K\1")
        widgets.append(b"%d 0 R" % number)
    # A validator that walks dictionaries in order meets a widget's new /V first through the parent tree, where it may change.
    objects.change(tree_root, rb"(/K\[[^\]]*\])(/ParentTree<<.*?\]>>)", rb"\2\1")
    form = b"/AcroForm<</Fields[%s]/SigFlags %d>>" % (b" ".join(widgets), _SIGNATURES_EXIST_AND_APPEND_ONLY)
    objects.change(objects.root, rb"<</Type/Catalog", b"<</Type/Catalog" + form)
    return objects.write()
