"""The signature fields of each form, in the order in which the law has them filled."""

from enum import StrEnum

from signing_service.ports import KeyPurpose
from signing_service.workflow.case import SigningRole


class SignatureField(StrEnum):
    """A visible signature field; the value is its name in the form."""

    GVCN = "GVCN"
    HT = "HT"
    DAU = "DAU"
    NGUOI_KY = "NGUOI_KY"
    DAU_CO_QUAN = "DAU_CO_QUAN"
    CO_QUAN_SAO = "CO_QUAN_SAO"

    @property
    def role(self) -> SigningRole:
        """The capacity that fills this field."""
        return _ROLES[self]

    @property
    def key_purpose(self) -> KeyPurpose:
        """What the key that fills it must have been born for: a person signs, an organisation seals."""
        return KeyPurpose.ORGANISATION_SEAL if self.role.is_seal else KeyPurpose.PERSON_SIGNATURE

    @property
    def certificate_profile(self) -> str:
        """The profile of `keys/profiles` that the signer's certificate must carry the policy of."""
        return "seal" if self.role.is_seal else "person"

    @property
    def form(self) -> tuple["SignatureField", ...]:
        """Every field of the form that this one stands in, in the order of signing."""
        return next(form for form in FORMS if self in form)

    @property
    def earlier(self) -> tuple["SignatureField", ...]:
        """The fields that have to be filled before this one."""
        return self.form[: self.form.index(self)]

    @property
    def closes(self) -> bool:
        """Whether it is the last of its form, which locks every visible field by name."""
        return self is self.form[-1]


FORMS = (
    (SignatureField.GVCN, SignatureField.HT, SignatureField.DAU),
    (SignatureField.NGUOI_KY, SignatureField.DAU_CO_QUAN),
    (SignatureField.CO_QUAN_SAO,),
)
"""The fields of transcripts, of award documents and of extracts."""

_ROLES = {
    SignatureField.GVCN: SigningRole.HOMEROOM_TEACHER,
    SignatureField.HT: SigningRole.PRINCIPAL,
    SignatureField.DAU: SigningRole.SCHOOL_SEAL,
    SignatureField.NGUOI_KY: SigningRole.AWARD_AUTHORITY,
    SignatureField.DAU_CO_QUAN: SigningRole.OFFICE_SEAL,
    SignatureField.CO_QUAN_SAO: SigningRole.COPYING_SEAL,
}


def field_of(role: SigningRole) -> SignatureField:
    """The field that a capacity signs in."""
    return next(field for field in SignatureField if field.role is role)


DOCUMENT_TIMESTAMP_FIELD = "DTS"
"""Name of the invisible field that holds the document time-stamp."""
