"""Everything that needs no signer, in order: the everyday path, and the whole of recovery after a crash."""

from dataclasses import dataclass

from signing_service.actions.archive_documents import archive_documents
from signing_service.actions.embed_signatures import embed_signatures
from signing_service.actions.finish_documents import finish_documents
from signing_service.actions.log_closings import log_closings
from signing_service.actions.log_documents import Log, log_documents
from signing_service.actions.render_drafts import render_drafts
from signing_service.actions.repositories import BlobStore, Database
from signing_service.actions.services import RevocationAnswers, Timestamper, Verifier
from signing_service.actions.steps import StepListener, nobody_listens
from signing_service.actions.subject_sheets.complete import complete_subject_sheets
from signing_service.actions.subject_sheets.prepare import prepare_subject_sheets
from signing_service.actions.subject_sheets.rule import DEFAULT_SHEET_RULE, SheetRule
from signing_service.clock import Clock


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents each stage moved on."""

    rendered: int = 0
    embedded: int = 0
    finished: int = 0
    logged: int = 0
    archived: int = 0
    closings: int = 0
    """Recalls and supersessions that the log holds now."""
    sheets: int = 0
    """Subject sheets that were made or completed."""

    @property
    def total(self) -> int:
        """All moves."""
        return self.rendered + self.embedded + self.finished + self.logged + self.archived + self.closings + self.sheets


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries cases on as far as they go without a signer."""

    database: Database
    blobs: BlobStore
    log: Log
    revocation: RevocationAnswers
    timestamper: Timestamper
    verifier: Verifier
    clock: Clock
    base_url: str
    at_once: int = 1
    """How many files the verifier can judge at the same time."""
    on_step: StepListener = nobody_listens
    sheet_rule: SheetRule = DEFAULT_SHEET_RULE

    def complete_sheets(self) -> int:
        """Finish interrupted signatures of subject sheets."""
        return complete_subject_sheets(database=self.database, blobs=self.blobs, timestamper=self.timestamper, on_step=self.on_step)

    def prepare_sheets(self) -> int:
        """Make the sheets that subject teachers sign."""
        return prepare_subject_sheets(
            database=self.database, blobs=self.blobs, clock=self.clock, rule=self.sheet_rule, on_step=self.on_step
        )

    def render(self) -> int:
        """Render drafts."""
        return render_drafts(
            database=self.database,
            blobs=self.blobs,
            clock=self.clock,
            base_url=self.base_url,
            rule=self.sheet_rule,
            on_step=self.on_step,
        )

    def embed(self) -> int:
        """Finish interrupted signatures."""
        return embed_signatures(database=self.database, blobs=self.blobs, timestamper=self.timestamper, on_step=self.on_step)

    def finish(self) -> int:
        """Bring sealed documents to B-LTA."""
        return finish_documents(
            database=self.database, blobs=self.blobs, revocation=self.revocation, timestamper=self.timestamper, on_step=self.on_step
        )

    def log_frozen(self) -> int:
        """Commit frozen files to the log."""
        return log_documents(database=self.database, log=self.log, on_step=self.on_step)

    def archive(self) -> int:
        """Verify logged files from their bytes and archive them."""
        return archive_documents(
            database=self.database,
            blobs=self.blobs,
            log=self.log,
            verifier=self.verifier,
            clock=self.clock,
            at_once=self.at_once,
            on_step=self.on_step,
        )

    def log_closed(self) -> int:
        """Commit recalls and supersessions to the log."""
        return log_closings(database=self.database, log=self.log, on_step=self.on_step)

    def once(self) -> Progress:
        """One pass over every stage."""
        return Progress(
            sheets=self.complete_sheets() + self.prepare_sheets(),
            rendered=self.render(),
            embedded=self.embed(),
            finished=self.finish(),
            logged=self.log_frozen(),
            archived=self.archive(),
            closings=self.log_closed(),
        )
