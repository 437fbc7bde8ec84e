"""Attacks by an update which is itself a correct PDF and shows something else: shadow attacks, annotations, forms, records."""

import re
from collections.abc import Iterator
from functools import partial

from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NumberObject, TextStringObject

from tests.verification.structure_attacks import PAINT, Attack
from tests.verification.updates import Opened, name, opened, spelled, stream

# Shadow attacks: what was signed is hidden, replaced or re-pointed by a later revision.


def shadow_hide_page_content_dropped(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number, page = file.page()
    del page["/Contents"]
    return file.updated({number: spelled(page)})


def shadow_hide_page_content_freed(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    contents = file.reference(file.page()[1], "/Contents")
    update = file.updated({file.size: b"null"})
    table = b"\nxref\n"
    at = update.rindex(table) + len(table)
    return update[:at] + b"%d 1\n0000000000 00001 f \n" % contents + update[at:]


def shadow_replace_font(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    resources = file.dictionary(file.reference(file.page()[1], "/Resources"))
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    number = file.reference(fonts, "/f1")
    return file.updated({number: spelled(file.dictionary(file.reference(fonts, "/f0")))})


def shadow_replace_font_by_resources(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number = file.reference(file.page()[1], "/Resources")
    resources = file.dictionary(number)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    fonts[name("/f0")], fonts[name("/f1")] = fonts.raw_get("/f1"), fonts.raw_get("/f0")
    return file.updated({number: spelled(resources)})


def shadow_replace_appearance(pdf: bytes, _: bytes) -> bytes:
    """The seal's own picture grows over the page."""
    file = opened(pdf)
    appearances = file.field("DAU")[1]["/AP"]
    assert isinstance(appearances, DictionaryObject)
    number = file.reference(appearances, "/N")
    return file.updated({number: stream(b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]", PAINT)})


def shadow_move_field(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number, field = file.field("DAU")
    field[name("/Rect")] = ArrayObject([FloatObject(value) for value in (60, 300, 540, 600)])
    return file.updated({number: spelled(field)})


def shadow_page_boxes_moved(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number, page = file.page()
    page[name("/CropBox")] = ArrayObject([FloatObject(value) for value in (0, 500, 595, 842)])
    return file.updated({number: spelled(page)})


def shadow_catalog_replaced(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    catalog[name("/Pages")] = file.pointer(file.size + 1)
    page = file.page()[1]
    content = file.size + 2
    page[name("/Contents")], page[name("/Parent")] = file.pointer(content), file.pointer(file.size + 1)
    pages = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (file.size + 3)
    objects = {file.size: spelled(catalog), file.size + 1: pages, content: stream(b"", PAINT), file.size + 3: spelled(page)}
    return file.updated(objects, root=file.size)


def shadow_open_action_added(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    catalog[name("/OpenAction")] = file.pointer(file.size)
    return file.updated({file.root: spelled(catalog), file.size: b"<< /S /URI /URI (http://127.0.0.1/) >>"})


def shadow_optional_content_added(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    catalog[name("/OCProperties")] = file.pointer(file.size)
    return file.updated({file.root: spelled(catalog), file.size: b"<< /OCGs [] /D << /BaseState /OFF >> >>"})


def page_added(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    pages_number = file.reference(file.catalog, "/Pages")
    pages = file.dictionary(pages_number)
    kids = file.array(pages, "/Kids")
    kids.append(file.pointer(file.size))
    pages[name("/Kids")], pages[name("/Count")] = kids, NumberObject(len(kids))
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>" % (pages_number, file.size + 1)
    return file.updated({pages_number: spelled(pages), file.size: page, file.size + 1: stream(b"", PAINT)})


def page_removed(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    pages_number = file.reference(file.catalog, "/Pages")
    pages = file.dictionary(pages_number)
    pages[name("/Kids")], pages[name("/Count")] = ArrayObject(file.array(pages, "/Kids")[:1]), NumberObject(1)
    return file.updated({pages_number: spelled(pages)})


def page_count_lie(pdf: bytes, _: bytes) -> bytes:
    """A page tree that counts fewer pages than it holds."""
    file = opened(pdf)
    pages_number = file.reference(file.catalog, "/Pages")
    pages = file.dictionary(pages_number)
    pages[name("/Count")] = NumberObject(1)
    return file.updated({pages_number: spelled(pages)})


def page_order_turned(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    pages_number = file.reference(file.catalog, "/Pages")
    pages = file.dictionary(pages_number)
    pages[name("/Kids")] = ArrayObject(reversed(file.array(pages, "/Kids")))
    return file.updated({pages_number: spelled(pages)})


# Evil annotation and form filling.


def evil_annotations() -> Iterator[tuple[str, Attack]]:
    for kind in ("FreeText", "Stamp", "Square", "Link", "Highlight", "Popup", "Redact"):
        yield f"eaa-{kind.lower()}", partial(_annotated, kind=kind)


def _annotated(pdf: bytes, _: bytes, *, kind: str) -> bytes:
    file = opened(pdf)
    number, page = file.page()
    annotations = file.array(page, "/Annots")
    annotations.append(file.pointer(file.size))
    page[name("/Annots")] = annotations
    annotation = (
        b"<< /Type /Annot /Subtype /%s /Rect [60 300 540 600] /F 4 /Contents (9) /DA (/F 12 Tf) /QuadPoints [60 600 540 600 60 300 540 300]"
        b" /IC [1 1 1] /C [1 1 1] /P %d 0 R /AP << /N %d 0 R >> >>" % (kind.encode(), number, file.size + 1)
    )
    picture = stream(b"/Type /XObject /Subtype /Form /BBox [60 300 540 600]", PAINT)
    return file.updated({number: spelled(page), file.size: annotation, file.size + 1: picture})


def form_text_field_added(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number, page = file.page()
    annotations, catalog, form = file.array(page, "/Annots"), file.catalog, file.form
    fields = file.array(form, "/Fields")
    annotations.append(file.pointer(file.size))
    fields.append(file.pointer(file.size))
    page[name("/Annots")], form[name("/Fields")], catalog[name("/AcroForm")] = annotations, fields, form
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (diem) /V (9,9) /Rect [60 300 540 600] /F 4 /P %d 0 R /AP << /N %d 0 R >> >>"
    picture = stream(b"/Type /XObject /Subtype /Form /BBox [60 300 540 600]", PAINT)
    objects = {number: spelled(page), file.root: spelled(catalog), file.size: field % (number, file.size + 1), file.size + 1: picture}
    return file.updated(objects)


def form_field_renamed(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number, field = file.field("HT")
    field[name("/T")] = TextStringObject("HT2")
    return file.updated({number: spelled(field)})


def form_signature_cleared(pdf: bytes, _: bytes) -> bytes:
    """The principal's field is emptied, as if it had never been signed."""
    file = opened(pdf)
    number, field = file.field("HT")
    del field["/V"]
    return file.updated({number: spelled(field)})


def form_signatures_exchanged(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    (first_number, first), (second_number, second) = file.field("GVCN"), file.field("HT")
    first[name("/V")], second[name("/V")] = second.raw_get("/V"), first.raw_get("/V")
    return file.updated({first_number: spelled(first), second_number: spelled(second)})


def form_fields_list_emptied(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    catalog, form = file.catalog, file.form
    form[name("/Fields")], catalog[name("/AcroForm")] = ArrayObject(), form
    return file.updated({file.root: spelled(catalog)})


def form_xfa_added(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    catalog, form = file.catalog, file.form
    form[name("/XFA")], catalog[name("/AcroForm")] = TextStringObject("<xdp/>"), form
    return file.updated({file.root: spelled(catalog)})


def spoofed_entries() -> Iterator[tuple[str, Attack]]:
    for key, value in {"/M": "D:20200101000000Z", "/Reason": "Bản sao", "/Name": "Ai Đó", "/Location": "Nơi khác"}.items():
        for field in ("GVCN", "DAU"):
            yield f"spoofed-{key[1:].lower()}-{field}", partial(_spoofed, field=field, key=key, value=value)


def _spoofed(pdf: bytes, _: bytes, *, field: str, key: str, value: str) -> bytes:
    file = opened(pdf)
    number = file.reference(file.field(field)[1], "/V")
    signature = file.dictionary(number)
    signature[name(key)] = TextStringObject(value)
    return file.updated({number: spelled(signature)})


def title_spoofed_in_info(pdf: bytes, _: bytes) -> bytes:
    """The name of another pupil in the window's title bar."""
    file = opened(pdf)
    number = file.reference(file.reader.trailer, "/Info")
    info = file.dictionary(number)
    info[name("/Title")] = TextStringObject("Học bạ của Người Khác")
    return file.updated({number: spelled(info)})


def title_spoofed_in_metadata(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number = file.reference(file.catalog, "/Metadata")
    title = re.sub(rb"(<rdf:li[^>]*>)[^<]*(</rdf:li>)", rb"\1Nguoi Khac\2", file.data(number))
    assert title != file.data(number)
    return file.updated({number: stream(b"/Type /Metadata /Subtype /XML", title)})


def structure_says_something_else(pdf: bytes, _: bytes) -> bytes:
    """An element that a screen reader reads out and nobody sees."""
    file = opened(pdf)
    root = file.dictionary(file.reference(file.catalog, "/StructTreeRoot"))
    first = root.raw_get("/K")
    assert isinstance(first, ArrayObject)
    number = file.reference(DictionaryObject({name("/First"): list.__getitem__(first, 0)}), "/First")
    element = file.dictionary(number)
    element[name("/K")] = ArrayObject([*file.array(element, "/K"), file.pointer(file.size)])
    spoken = b"<< /Type /StructElem /S /P /P %d 0 R /ActualText (diem 9,9) /K [] >>" % number
    return file.updated({number: spelled(element), file.size: spoken})


# The record inside, and files put together.


def record_of_another_pupil(pdf: bytes, other: bytes) -> bytes:
    file, stranger = opened(pdf), opened(other)
    return file.updated({_record_stream(file): stream(b"/Type /EmbeddedFile", stranger.data(_record_stream(stranger)))})


def record_mark_changed(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    number = _record_stream(file)
    return file.updated({number: stream(b"/Type /EmbeddedFile", file.data(number).replace(b"8", b"9"))})


def record_file_added(pdf: bytes, _: bytes) -> bytes:
    file = opened(pdf)
    catalog = file.catalog
    associated = file.array(catalog, "/AF")
    associated.insert(0, file.pointer(file.size))
    catalog[name("/AF")] = associated
    specification = b"<< /Type /Filespec /F (hoc-ba.json) /UF (hoc-ba.json) /AFRelationship /Data /EF << /F %d 0 R >> >>" % (file.size + 1)
    data = stream(b"/Type /EmbeddedFile", file.data(_record_stream(file)).replace(b"8", b"9"))
    return file.updated({file.root: spelled(catalog), file.size: specification, file.size + 1: data})


def _record_stream(file: Opened) -> int:
    for entry in file.array(file.catalog, "/AF"):
        specification = entry.get_object()
        assert isinstance(specification, DictionaryObject)
        if str(specification["/UF"]) == "hoc-ba.json":
            held = specification["/EF"]
            assert isinstance(held, DictionaryObject)
            return file.reference(held, "/F")
    raise KeyError("hoc-ba.json")


CONTENT_ATTACKS: dict[str, Attack] = {
    **dict(evil_annotations()),
    **dict(spoofed_entries()),
    **{
        attack.__name__.replace("_", "-"): attack
        for attack in (
            shadow_hide_page_content_dropped,
            shadow_hide_page_content_freed,
            shadow_replace_font,
            shadow_replace_font_by_resources,
            shadow_replace_appearance,
            shadow_move_field,
            shadow_page_boxes_moved,
            shadow_catalog_replaced,
            shadow_open_action_added,
            shadow_optional_content_added,
            page_added,
            page_removed,
            page_count_lie,
            page_order_turned,
            form_text_field_added,
            form_field_renamed,
            form_signature_cleared,
            form_signatures_exchanged,
            form_fields_list_emptied,
            form_xfa_added,
            structure_says_something_else,
            title_spoofed_in_info,
            title_spoofed_in_metadata,
            record_of_another_pupil,
            record_mark_changed,
            record_file_added,
        )
    },
}
