"""The kinds of document that this service issues."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is; the value stands in `links.csv`, in reports and in stored rows."""

    TRANSCRIPT = "transcript"
    AWARD_DECISION = "award-decision"
    AWARD_CERTIFICATE = "award-certificate"
    TRANSCRIPT_EXTRACT = "transcript-extract"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]

    @property
    def english(self) -> str:
        """The English name."""
        return _ENGLISH[self]


_LABELS = {
    DocumentKind.TRANSCRIPT: "Học bạ",
    DocumentKind.AWARD_DECISION: "Quyết định khen thưởng",
    DocumentKind.AWARD_CERTIFICATE: "Giấy khen, giấy chứng nhận danh hiệu",
    DocumentKind.TRANSCRIPT_EXTRACT: "Trích sao học bạ",
}

_ENGLISH = {
    DocumentKind.TRANSCRIPT: "Transcript",
    DocumentKind.AWARD_DECISION: "Award decision",
    DocumentKind.AWARD_CERTIFICATE: "Award certificate",
    DocumentKind.TRANSCRIPT_EXTRACT: "Extract of a transcript",
}
