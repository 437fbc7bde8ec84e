"""What a signature looks like on the page: a person's pen stroke, a school's red seal. Drawn once per signer and kept for the act."""

from functools import lru_cache

from signing_service.records.canonical import read_record
from signing_service.records.transcript import Issuer
from signing_service.rendering.document import FIELD_SIZES_MM
from signing_service.rendering.marks import render_seal_mark, render_signature_mark
from signing_service.workflow.case import SigningRole


class MarkDrawer:
    """Draws marks for the record that is being signed."""

    def mark(self, role: SigningRole, record_json: bytes) -> bytes:
        """The one-page PDF that becomes the appearance of the role's field."""
        transcript = read_record(record_json).transcript
        if role is SigningRole.SCHOOL_SEAL:
            return _seal(transcript.issuer)
        signer = transcript.homeroom_teacher if role is SigningRole.HOMEROOM_TEACHER else transcript.principal
        return _stroke(signer.name)


@lru_cache(maxsize=64)
def _seal(issuer: Issuer) -> bytes:
    return render_seal_mark(f"{issuer.commune} - {issuer.province}", issuer.school_name)


@lru_cache(maxsize=64)
def _stroke(name: str) -> bytes:
    width, height = FIELD_SIZES_MM["GVCN"]
    return render_signature_mark(name, width_mm=width, height_mm=height)
