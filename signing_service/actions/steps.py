"""The steps a document goes through, in the numbers of docs/ISSUANCE-CYCLE.md; told to whoever listens as they happen.

A listener shows progress. It is called after the step is durable, so a process that dies inside a listener has completed that step.
"""

from collections.abc import Callable
from enum import StrEnum

from signing_service.ids import DocumentId


class Step(StrEnum):
    """One durable step."""

    RECORD_STORED = "record-stored"
    SHEET_STORED = "sheet-stored"
    SHEET_INTENT_STORED = "sheet-intent-stored"
    SHEET_KEY_USED = "sheet-key-used"
    SHEET_VALUE_STORED = "sheet-value-stored"
    SHEET_SIGNED = "sheet-signed"
    RENDERED = "rendered"
    CONSENT_REDEEMED = "consent-redeemed"
    INTENT_STORED = "intent-stored"
    KEY_USED = "key-used"
    VALUE_STORED = "value-stored"
    TIMESTAMPED = "timestamped"
    REVISION_STORED = "revision-stored"
    SIGNED = "signed"
    FINAL_REVISION_STORED = "final-revision-stored"
    FINISHED = "finished"
    SALT_DRAWN = "salt-drawn"
    LEAF_APPENDED = "leaf-appended"
    LOGGED = "logged"
    VERIFIED = "verified"
    ARCHIVED = "archived"
    CLOSING_LOGGED = "closing-logged"


StepListener = Callable[[Step, DocumentId], None]


def nobody_listens(_step: Step, _document: DocumentId) -> None:
    """The listener that does nothing."""
