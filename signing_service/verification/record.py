"""The record inside a file: is it canonical, is it the one that the evidence names, and does it give these very pages again?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyhanko.pdf_utils import generic

from signing_service.errors import InvalidInputError, SigningServiceError, UnavailableError
from signing_service.ids import Sha256, sha256_of
from signing_service.records.canonical import canonical_bytes, read_record
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.render_inputs import RECORD_ATTACHMENT, RENDER_ATTACHMENT, RenderInputs
from signing_service.verification.changes import ChangeKind, changes_between
from signing_service.verification.pdf_graph import PdfGraph, items_of, open_graph, resolve
from signing_service.verification.pdf_links import Links
from signing_service.verification.report import RecordReport, Rerendered

_KIND: Final = "transcript"
_MOST_FILES: Final = 50
_SIGNING: Final = frozenset({ChangeKind.SIGNATURE, ChangeKind.DOCUMENT_TIMESTAMP, ChangeKind.EXTENSION})
_LONGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """The report, and a stable code when the record speaks against the file."""

    report: RecordReport | None
    reason: str | None


def look_at_record(pdf: bytes, first: PdfGraph, expected: Sha256 | None, links: Links | None = None) -> RecordFinding:
    """Read the record of the first signed revision, since a later one could bring another; `links` are of the same file.

    Raises:
        one of `pdf_graph.UNREADABLE`: the attachments cannot be followed.
    """
    attached = dict(_attachments(first))
    if RECORD_ATTACHMENT not in attached:
        return RecordFinding(None, None)
    octets = attached[RECORD_ATTACHMENT]
    digest = sha256_of(octets)
    try:
        record = read_record(octets)
    except InvalidInputError as error:
        return RecordFinding(RecordReport(_KIND, "", digest, digest_ok=False, rerendered=Rerendered.NOT_TRIED), error.code)
    is_expected = expected in {None, digest}
    rerendered = _rendered_again(pdf, first, links, attached.get(RENDER_ATTACHMENT), record) if is_expected else Rerendered.NOT_TRIED
    reason = "record-differs-from-pages" if rerendered is Rerendered.DIFFERENT else None
    return RecordFinding(
        RecordReport(_KIND, record.record_id, digest, digest_ok=is_expected, rerendered=rerendered),
        reason if is_expected else "record-differs-from-evidence",
    )


def _attachments(graph: PdfGraph) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the associated files (ISO 19005-3, 6.8), at most fifty of at most 1 MiB."""
    listed = resolve(graph.root.raw_get("/AF")) if "/AF" in graph.root else None
    for member in items_of(listed)[:_MOST_FILES] if isinstance(listed, generic.ArrayObject) else ():
        specification = resolve(member)
        if not isinstance(specification, generic.DictionaryObject) or "/EF" not in specification:
            continue
        name = specification.get("/UF", specification.get("/F"))
        stream = _stream(resolve(specification.raw_get("/EF")))
        if name is not None and stream is not None and len(stream.data) <= _LONGEST:
            yield str(name), bytes(stream.data)


def _stream(embedded: Any) -> generic.StreamObject | None:  # noqa: ANN401 - a PDF object of any kind
    if not isinstance(embedded, generic.DictionaryObject) or "/F" not in embedded:
        return None
    found = resolve(embedded.raw_get("/F"))
    return found if isinstance(found, generic.StreamObject) else None


def _rendered_again(pdf: bytes, first: PdfGraph, links: Links | None, render_json: bytes | None, record: TranscriptRecord) -> Rerendered:
    """Render the record as the file says it was made; another typesetter, font or template version cannot give the same bytes."""
    if render_json is None:
        return Rerendered.NOT_TRIED
    try:
        # Imported here, so that a plain install without the typesetter still verifies.
        from signing_service.rendering.transcript import render_transcript  # noqa: PLC0415 - see above
        from signing_service.rendering.transcript_forms import template_of  # noqa: PLC0415 - see above
        from signing_service.rendering.typesetter import FONTS, TYPST_VERSION  # noqa: PLC0415 - see above
    except ImportError:
        return Rerendered.NOT_TRIED
    try:
        inputs = RenderInputs.from_json(render_json)
        if (inputs.template, inputs.typst, inputs.fonts) != (template_of(record.transcript.form), TYPST_VERSION, FONTS):
            return Rerendered.NOT_TRIED
        rendered = render_transcript(record, inputs.printed_link, record_json=canonical_bytes(record)).pdf
    except UnavailableError:
        return Rerendered.NOT_TRIED
    except SigningServiceError:
        return Rerendered.DIFFERENT
    return Rerendered.EQUAL if pdf.startswith(rendered) and _is_only_signed(rendered, first, links) else Rerendered.DIFFERENT


def _is_only_signed(rendered: bytes, first: PdfGraph, links: Links | None) -> bool:
    """Whether the first signer added nothing but the signature: what stood in the file before it is covered, yet nobody issued it."""
    changes = changes_between(open_graph(rendered), first, links)
    return all(change.kind in _SIGNING or change.where.startswith("/Perms") for change in changes)
