"""The kinds of record that a file of ours carries: how each is found in it, read, and rendered again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.records.awards.canonical import read_award_certificate, read_award_decision
from signing_service.records.awards.certificate import AwardCertificateRecord
from signing_service.records.awards.decision import AwardDecisionRecord
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.attachments import Attachment
from signing_service.rendering.render_inputs import RECORD_ATTACHMENT, RenderInputs

Record = TranscriptRecord | AwardDecisionRecord | AwardCertificateRecord


@dataclass(frozen=True, slots=True)
class ExtractRecord:
    """An extract carries its printed figures and the digest of the transcript's record; without that record it is not rendered again."""

    record_id: str


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind; `attachment` is the name of the associated file that holds its record."""

    kind: DocumentKind
    attachment: str
    read: Callable[[bytes], Record | ExtractRecord]
    """Raises InvalidInputError where the bytes are no canonical record of the kind."""


def _read_extract(data: bytes) -> ExtractRecord:
    try:
        record_id = json.loads(data)["record_id"]
    except (ValueError, RecursionError, KeyError, TypeError):
        record_id = None
    if not isinstance(record_id, str):
        raise InvalidInputError("record-json", vi="Dữ liệu trích sao không đọc được.", en="The extract's data cannot be read.")
    return ExtractRecord(record_id)


KINDS: Final = (
    RecordKind(DocumentKind.TRANSCRIPT, RECORD_ATTACHMENT, read_record),
    RecordKind(DocumentKind.AWARD_DECISION, "quyet-dinh.json", read_award_decision),
    RecordKind(DocumentKind.AWARD_CERTIFICATE, "giay-khen.json", read_award_certificate),
    RecordKind(DocumentKind.TRANSCRIPT_EXTRACT, "trich-sao.json", _read_extract),
)


def rendered_again(
    record: Record | ExtractRecord, record_json: bytes, inputs: RenderInputs, attachments: Sequence[Attachment]
) -> bytes | None:
    """The pages of `record` as the file says they were made; None where this installation has not the same template, typesetter or fonts.

    Raises:
        ImportError: this installation has no typesetter.
        SigningServiceError: the record cannot be rendered.
    """
    # Imported here, so that a plain install without the typesetter still verifies.
    from signing_service.rendering.award_certificate import CERTIFICATE_FORM, render_award_certificate  # noqa: PLC0415 - see above
    from signing_service.rendering.award_decision import DECISION_FORM, render_award_decision  # noqa: PLC0415 - see above
    from signing_service.rendering.transcript import render_transcript  # noqa: PLC0415 - see above
    from signing_service.rendering.transcript_forms import template_of  # noqa: PLC0415 - see above
    from signing_service.rendering.typesetter import FONTS, TYPST_VERSION  # noqa: PLC0415 - see above

    if (inputs.typst, inputs.fonts) != (TYPST_VERSION, FONTS):
        return None
    match record:
        case TranscriptRecord() if inputs.template == template_of(record.transcript.form):
            return render_transcript(record, inputs.printed_link, record_json=record_json, attachments=attachments).pdf
        case AwardDecisionRecord() if inputs.template == DECISION_FORM.identifier:
            return render_award_decision(record, inputs.printed_link, record_json=record_json).pdf
        case AwardCertificateRecord() if inputs.template == CERTIFICATE_FORM.identifier:
            return render_award_certificate(record, inputs.printed_link, record_json=record_json).pdf
    return None
