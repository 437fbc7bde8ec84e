"""Foreign files with known verdicts (`shared/corpus`), and how a verifier's answer to one compares with what is known."""

import csv
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from signing_service.errors import SigningServiceError
from signing_service.verification.report import Indication, Integrity, VerificationReport
from signing_service.verification.verify import verify

AT = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Foreign:
    """One row of the manifest. `expected` is about integrity and modification only."""

    file: Path
    expected: str
    signatures: int
    category: str


class Answer(StrEnum):
    """What a verifier makes of a file, trust left aside."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NOT_JUDGEABLE = "not judgeable"


class Score(StrEnum):
    """The answer beside what is known."""

    MATCHED = "matched"
    WRONGLY_ACCEPTED = "wrongly accepted"
    WRONGLY_REFUSED = "wrongly refused"
    NOT_JUDGEABLE = "not judgeable"
    NOT_SCORED = "not scored"


def manifest(folder: Path) -> tuple[Foreign, ...]:
    """Every file of the corpus."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Foreign(folder / row["file"], row["expected"], int(row["signatures"] or 0), row["category"]) for row in csv.DictReader(rows)
        )


def score(foreign: Foreign, answer: Answer) -> Score:
    """A file that must not pass is matched by any answer but a yes."""
    if foreign.expected == "unknown":
        return Score.NOT_SCORED
    if foreign.expected != "intact":
        return Score.WRONGLY_ACCEPTED if answer is Answer.CONFIRMED else Score.MATCHED
    return {Answer.CONFIRMED: Score.MATCHED, Answer.REFUSED: Score.WRONGLY_REFUSED, Answer.NOT_JUDGEABLE: Score.NOT_JUDGEABLE}[answer]


def report_of(foreign: Foreign) -> VerificationReport | None:
    """Our report; None when we say that the file is no PDF. Nobody is trusted, so that only integrity and modification count."""
    try:
        return verify(foreign.file.read_bytes(), name=foreign.file.name, anchors=(), at=AT)
    except SigningServiceError:
        return None


def our_answer(report: VerificationReport | None) -> Answer:
    """The report in one word."""
    if report is None or not report.signatures:
        return Answer.CONFIRMED if report is not None and report.indication is Indication.TOTAL_PASSED else Answer.NOT_JUDGEABLE
    intact = all(signature.integrity is Integrity.INTACT for signature in report.signatures)
    passed = Indication.TOTAL_PASSED in {report.indication, *(signature.indication for signature in report.signatures)}
    return Answer.CONFIRMED if passed or (intact and not report.modified_after_signing) else Answer.REFUSED


def pyhanko_answer(foreign: Foreign) -> Answer:
    """What plain pyHanko, strict, says: every signature intact and valid, and no change that its difference policy does not explain."""
    logging.disable(logging.CRITICAL)
    try:
        signatures = PdfFileReader(BytesIO(foreign.file.read_bytes()), strict=True).embedded_signatures
        verdicts = [_pyhanko_accepts(signature) for signature in signatures]
    except BaseException:  # noqa: BLE001 - a measurement of what it raises
        return Answer.NOT_JUDGEABLE
    finally:
        logging.disable(logging.NOTSET)
    if not verdicts:
        return Answer.NOT_JUDGEABLE
    return Answer.CONFIRMED if all(verdicts) else Answer.REFUSED


def _pyhanko_accepts(signature: EmbeddedPdfSignature) -> bool:
    context = ValidationContext(trust_roots=[], allow_fetching=False, moment=AT)
    judge: Callable[..., object] = (
        validate_pdf_timestamp if signature.sig_object["/SubFilter"] == "/ETSI.RFC3161" else validate_pdf_signature
    )
    status = judge(signature, context)
    changed = getattr(status, "modification_level", None) in {None, ModificationLevel.OTHER}
    permitted = getattr(status, "docmdp_ok", None) is not False
    return bool(getattr(status, "intact", False)) and bool(getattr(status, "valid", False)) and not changed and permitted
