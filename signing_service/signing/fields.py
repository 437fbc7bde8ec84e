"""The three signature fields of a transcript, in the order in which the law has them filled."""

from enum import StrEnum

from signing_service.ports import KeyPurpose
from signing_service.workflow.case import SigningRole


class SignatureField(StrEnum):
    """A visible signature field; the value is its name in the form, the order of the members is the order of signing."""

    GVCN = "GVCN"
    HT = "HT"
    DAU = "DAU"

    @property
    def role(self) -> SigningRole:
        """The capacity that fills this field."""
        return _ROLES[self]

    @property
    def key_purpose(self) -> KeyPurpose:
        """What the key that fills it must have been born for: a person signs, an organisation seals."""
        return KeyPurpose.ORGANISATION_SEAL if self is SignatureField.DAU else KeyPurpose.PERSON_SIGNATURE

    @property
    def certificate_profile(self) -> str:
        """The profile of `keys/profiles` that the signer's certificate must carry the policy of."""
        return "seal" if self is SignatureField.DAU else "person"

    @property
    def earlier(self) -> tuple["SignatureField", ...]:
        """The fields that have to be filled before this one."""
        everything = tuple(SignatureField)
        return everything[: everything.index(self)]


_ROLES = {
    SignatureField.GVCN: SigningRole.HOMEROOM_TEACHER,
    SignatureField.HT: SigningRole.PRINCIPAL,
    SignatureField.DAU: SigningRole.SCHOOL_SEAL,
}


def field_of(role: SigningRole) -> SignatureField:
    """The field that a capacity signs in."""
    return next(field for field in SignatureField if field.role is role)


DOCUMENT_TIMESTAMP_FIELD = "DTS"
"""Name of the invisible field that holds the document time-stamp."""
