import itertools

import pytest

from signing_service.errors import RefusedError
from signing_service.ids import DocumentId, PersonCode, Sha256
from signing_service.workflow.case import NEEDS_NO_SIGNER, CaseState, SigningRole, next_state, state_after_signature
from signing_service.workflow.consent import ConsentItem, consent_digest

SIGNATURES = {
    (CaseState.COMPLETE, SigningRole.HOMEROOM_TEACHER): CaseState.TEACHER_SIGNED,
    (CaseState.TEACHER_SIGNED, SigningRole.PRINCIPAL): CaseState.PRINCIPAL_SIGNED,
    (CaseState.PRINCIPAL_SIGNED, SigningRole.SCHOOL_SEAL): CaseState.SEALED,
}


@pytest.mark.parametrize(("state", "role"), list(itertools.product(CaseState, SigningRole)))
def test_every_signature_has_exactly_one_state_it_is_legal_in(state: CaseState, role: SigningRole) -> None:
    if (state, role) in SIGNATURES:
        assert state_after_signature(state, role) is SIGNATURES[state, role]
        return
    with pytest.raises(RefusedError) as refusal:
        state_after_signature(state, role)
    assert refusal.value.code == "wrong-order"


@pytest.mark.parametrize("state", list(CaseState))
def test_a_case_that_waits_for_a_signer_or_has_ended_never_advances_by_itself(state: CaseState) -> None:
    if state in NEEDS_NO_SIGNER:
        assert list(CaseState).index(next_state(state)) == list(CaseState).index(state) + 1
        return
    with pytest.raises(RefusedError):
        next_state(state)


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
