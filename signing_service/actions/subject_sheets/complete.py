"""Give a signed sheet its time-stamp: the everyday end of every sheet signature, and the recovery of one that a crash interrupted.

Needs no signer and no key.
"""

from collections.abc import Iterator

from signing_service.actions.repositories import BlobStore, Database
from signing_service.actions.services import Timestamper
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.actions.subject_sheets.store import SheetIntent
from signing_service.errors import ConflictError, SigningServiceError
from signing_service.records.subject_sheet import SheetId
from signing_service.signing.detached import PreparedDetached, detached_cms
from signing_service.signing.sign import SignatureValue

_BATCH = 500


def complete_sheet(
    sheet: SheetId, *, database: Database, blobs: BlobStore, timestamper: Timestamper, on_step: StepListener = nobody_listens
) -> None:
    """Bring one stored signature value into its CMS.

    Raises:
        ConflictError: there is no such value (`intent-gone`).
        UnavailableError: no time-stamp can be had; the value stays stored (`timestamp-unavailable`).
        IntegrityError: what was prepared is damaged, or the value does not belong to it.
    """
    with database.read() as unit:
        intent = unit.subject_sheets.intent(sheet)
    if intent is None or intent.signature_value is None:
        raise ConflictError("intent-gone", vi="Chữ ký này đã được xử lý.", en="This signature was dealt with already.")
    prepared = PreparedDetached.from_bytes(blobs.get(intent.prepared))
    value = SignatureValue.from_bytes(intent.signature_value)
    signature = blobs.put(detached_cms(prepared, value, timestamper.token(value.message_imprint)))
    with database.begin() as unit:
        unit.subject_sheets.sign(intent, signature)
    on_step(Step.SHEET_SIGNED, sheet)


def complete_subject_sheets(
    *, database: Database, blobs: BlobStore, timestamper: Timestamper, on_step: StepListener = nobody_listens
) -> int:
    """Finish every interrupted sheet signature; returns how many. One that cannot be finished now is tried again on the next pass."""
    finished = 0
    for intent in _valued(database):
        try:
            complete_sheet(intent.sheet, database=database, blobs=blobs, timestamper=timestamper, on_step=on_step)
        except SigningServiceError:
            continue
        finished += 1
    return finished


def _valued(database: Database) -> Iterator[SheetIntent]:
    after = ""
    while True:
        with database.read() as unit:
            batch = unit.subject_sheets.with_value(after=after, limit=_BATCH)
        if not batch:
            return
        yield from batch
        after = batch[-1].sheet
