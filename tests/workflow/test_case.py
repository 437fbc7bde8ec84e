import itertools

import pytest

from signing_service.errors import RefusedError
from signing_service.ids import DocumentId, PersonCode, Sha256
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import (
    NEEDS_NO_SIGNER,
    CaseState,
    SigningRole,
    next_state,
    require_move,
    route,
    state_after_signature,
)
from signing_service.workflow.consent import ConsentItem, consent_digest

SIGNATURES = {
    (DocumentKind.TRANSCRIPT, CaseState.COMPLETE, SigningRole.HOMEROOM_TEACHER): CaseState.TEACHER_SIGNED,
    (DocumentKind.TRANSCRIPT, CaseState.TEACHER_SIGNED, SigningRole.PRINCIPAL): CaseState.PRINCIPAL_SIGNED,
    (DocumentKind.TRANSCRIPT, CaseState.PRINCIPAL_SIGNED, SigningRole.SCHOOL_SEAL): CaseState.SEALED,
    (DocumentKind.AWARD_DECISION, CaseState.COMPLETE, SigningRole.AWARD_AUTHORITY): CaseState.AUTHORITY_SIGNED,
    (DocumentKind.AWARD_DECISION, CaseState.AUTHORITY_SIGNED, SigningRole.OFFICE_SEAL): CaseState.SEALED,
    (DocumentKind.AWARD_CERTIFICATE, CaseState.COMPLETE, SigningRole.AWARD_AUTHORITY): CaseState.AUTHORITY_SIGNED,
    (DocumentKind.AWARD_CERTIFICATE, CaseState.AUTHORITY_SIGNED, SigningRole.OFFICE_SEAL): CaseState.SEALED,
    (DocumentKind.TRANSCRIPT_EXTRACT, CaseState.COMPLETE, SigningRole.COPYING_SEAL): CaseState.SEALED,
}

AUTOMATIC = {
    CaseState.DRAFT: CaseState.COMPLETE,
    CaseState.SEALED: CaseState.FINISHED,
    CaseState.FINISHED: CaseState.LOGGED,
    CaseState.LOGGED: CaseState.ARCHIVED,
}

DECIDED = {
    (CaseState.AWAITING_REASSESSMENT, CaseState.DRAFT),
    (CaseState.AWAITING_REASSESSMENT, CaseState.RETURNED),
    (CaseState.DRAFT, CaseState.RETURNED),
    (CaseState.COMPLETE, CaseState.RETURNED),
    (CaseState.TEACHER_SIGNED, CaseState.RETURNED),
    (CaseState.PRINCIPAL_SIGNED, CaseState.RETURNED),
    (CaseState.AUTHORITY_SIGNED, CaseState.RETURNED),
    (CaseState.ARCHIVED, CaseState.RECALLED),
    (CaseState.RECALLED, CaseState.SUPERSEDED),
}


@pytest.mark.parametrize(("kind", "state", "role"), list(itertools.product(DocumentKind, CaseState, SigningRole)))
def test_every_signature_has_exactly_one_state_it_is_legal_in(kind: DocumentKind, state: CaseState, role: SigningRole) -> None:
    if (kind, state, role) in SIGNATURES:
        assert state_after_signature(kind, state, role) is SIGNATURES[kind, state, role]
        return
    with pytest.raises(RefusedError) as refusal:
        state_after_signature(kind, state, role)
    assert refusal.value.code == ("wrong-order" if role in route(kind) else "wrong-role")


@pytest.mark.parametrize("state", list(CaseState))
def test_a_case_that_waits_for_a_person_or_has_ended_never_advances_by_itself(state: CaseState) -> None:
    assert tuple(AUTOMATIC) == NEEDS_NO_SIGNER
    if state in AUTOMATIC:
        assert next_state(state) is AUTOMATIC[state]
        return
    with pytest.raises(RefusedError):
        next_state(state)


@pytest.mark.parametrize(("state", "to"), list(itertools.product(CaseState, CaseState)))
def test_a_person_decides_exactly_the_moves_of_the_table(state: CaseState, to: CaseState) -> None:
    if (state, to) in DECIDED:
        require_move(state, to)
        return
    with pytest.raises(RefusedError) as refusal:
        require_move(state, to)
    assert refusal.value.code == "wrong-order"


def test_the_consent_changes_with_person_role_file_and_order() -> None:
    one, two = (ConsentItem(DocumentId(f"d{i}"), Sha256(str(i) * 64)) for i in (1, 2))
    person, other = PersonCode("9901"), PersonCode("9902")
    digests = {
        consent_digest(person, SigningRole.PRINCIPAL, (one, two)),
        consent_digest(person, SigningRole.PRINCIPAL, (two, one)),
        consent_digest(person, SigningRole.PRINCIPAL, (one,)),
        consent_digest(other, SigningRole.PRINCIPAL, (one, two)),
        consent_digest(person, SigningRole.HOMEROOM_TEACHER, (one, two)),
        consent_digest(person, SigningRole.PRINCIPAL, (one, ConsentItem(two.document, one.head))),
    }
    assert len(digests) == 6
