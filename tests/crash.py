"""Kills a process at a durable step, and asks afterwards whether everything that a house remembers is explained."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from signing_service.actions.log_documents import leaf_of
from signing_service.actions.repositories import LogCommitment, StoredDocument
from signing_service.bootstrap import Service
from signing_service.ids import DocumentId
from signing_service.records.kinds import DocumentKind
from signing_service.signing.fields import field_of
from signing_service.signing.state import signature_state
from signing_service.storage.log import SqlLeafSequence
from signing_service.transparency.leaf import LeafKind
from signing_service.workflow.case import ISSUED, CaseState, route
from tests.line import opened, settings_in

CLEAN = multiprocessing.get_context("forkserver")
"""Every process begins as one that has typeset nothing and opened nothing."""
CLEAN.set_forkserver_preload(["tests.crash", "tests.sheet_line", "tests.award_line"])

Told = Callable[[str, DocumentId], None]
"""Hears of steps of the product, and of what a person has just done."""
Line = Callable[[Service, Told], None]
"""Everybody's part from the beginning to the end; done again, it does what is left."""

_LEAVES = {
    CaseState.ARCHIVED: {LeafKind.ISSUANCE},
    CaseState.RECALLED: {LeafKind.ISSUANCE, LeafKind.RECALL},
    CaseState.SUPERSEDED: {LeafKind.ISSUANCE, LeafKind.RECALL, LeafKind.SUPERSESSION},
}
_WAIT_FOR_A_SIGNER = {CaseState.COMPLETE, CaseState.TEACHER_SIGNED, CaseState.PRINCIPAL_SIGNED, CaseState.AUTHORITY_SIGNED}


def kill_at(step: str, time: int, folder: Path, line: Line) -> None:
    """Run the line in a process of its own and kill it when `step` happens for the `time`-th time."""
    process = CLEAN.Process(target=_die_at, args=(step, time, folder, line))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL


def _die_at(step: str, time: int, folder: Path, line: Line) -> None:
    seen: Counter[str] = Counter()

    def listener(happened: str, _document: DocumentId) -> None:
        seen[happened] += 1
        if happened == step and seen[step] == time:
            os.kill(os.getpid(), signal.SIGKILL)

    with opened(settings_in(folder)) as service:
        line(service, listener)


def recovers(folder: Path, line: Line) -> tuple[StoredDocument, ...]:
    """Start a killed house again, first without a signer, then with everybody doing their part again; returns how it ended."""
    with opened(settings_in(folder)) as service:
        _without_a_signer(service)
    with opened(settings_in(folder), later=timedelta(minutes=5)) as service:
        line(service, lambda _step, _document: None)
        return explained(service)


def _without_a_signer(service: Service) -> None:
    """What is signed is finished, nothing is signed that was not, and whatever is left waits for a person."""
    with service.database.read() as unit:
        valued = {intent.document for intent in unit.intents.with_value(limit=100)}
    before = {document.document: _signatures(service, document) for document in every_document(service)}
    carry_on(service)
    after = every_document(service)
    assert {document.document: _signatures(service, document) for document in after} == {
        document: count + (document in valued) for document, count in before.items()
    }
    assert {document.state for document in after} <= ISSUED | _WAIT_FOR_A_SIGNER
    assert {document.waiting_for for document in after} <= {None}
    with service.database.read() as unit:
        assert unit.intents.with_value(limit=1) == ()
        assert [unit.commitments.unlogged(kind, limit=1) for kind in LeafKind] == [()] * len(LeafKind)


def explained(service: Service) -> tuple[StoredDocument, ...]:
    """Require that everything has ended, and nothing twice: every case, every field, every leaf of the log; returns the documents."""
    documents = tuple(every_document(service))
    assert [(document.state, document.waiting_for) for document in documents if document.state not in ISSUED or document.waiting_for] == []
    standing = Counter(document.slot for document in documents if document.state is CaseState.ARCHIVED)
    assert {slot: count for slot, count in standing.items() if count > 1} == {}
    leaves: list[LogCommitment] = []
    with service.database.read() as unit:
        for document in documents:
            assert unit.intents.get(document.document) is None
            own = [leaf for kind in LeafKind if (leaf := unit.commitments.get(document.document, kind)) is not None]
            assert ({leaf.kind for leaf in own}, {leaf.file for leaf in own}) == (_LEAVES[document.state], {document.head})
            leaves += own
    for document in documents:
        state = signature_state(service.blobs.get(document.head))
        assert (state.filled, state.finished) == (tuple(field_of(role) for role in route(document.kind)), True)
        assert None not in {document.evidence, document.report}
    leaves.sort(key=lambda leaf: -1 if leaf.index is None else leaf.index)
    assert [leaf.index for leaf in leaves] == list(range(len(leaves)))
    order = SqlLeafSequence(service.database)
    assert order.read(0, order.length()) == tuple(leaf_of(leaf).commitment for leaf in leaves)
    assert service.log.integrate().size == len(leaves)
    return documents


def carry_on(service: Service) -> None:
    """Everything that needs no signer."""
    while service.carrier().once().total:
        pass


def every_document(service: Service) -> tuple[StoredDocument, ...]:
    """All that were ever begun, in the order of creation."""
    return tuple(_pages(service))


def _pages(service: Service) -> Iterator[StoredDocument]:
    after = 0
    while True:
        with service.database.read() as unit:
            page = unit.documents.page(after=after, limit=500)
        if not page:
            return
        yield from (document for _place, document in page)
        after = page[-1][0]


def _signatures(service: Service, document: StoredDocument) -> int:
    data = service.blobs.get(document.head)
    return len(signature_state(data).filled) if data.startswith(b"%PDF") else 0


def ended(documents: tuple[StoredDocument, ...]) -> Counter[tuple[DocumentKind, CaseState]]:
    """How many documents of each kind ended how."""
    return Counter((document.kind, document.state) for document in documents)
