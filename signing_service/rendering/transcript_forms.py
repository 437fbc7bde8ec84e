"""The dated transcript forms that can be printed, by the identifier that the rules' registry and the records name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.primary_form import printed_primary_form
from signing_service.rendering.printable import Printed
from signing_service.rendering.secondary_form import printed_secondary_form


@dataclass(frozen=True, slots=True)
class TranscriptForm:
    """How one form is printed."""

    version: int
    """Rises with every change that can change a byte of a document."""
    layout: str
    """The template module that lays out its pages."""
    printed: Callable[[TranscriptRecord], dict[str, Printed]]
    """The record as the strings that stand on the form."""


_FORMS: Final[Mapping[str, TranscriptForm]] = MappingProxyType(
    {
        "thcs-2021": TranscriptForm(version=2, layout="secondary", printed=printed_secondary_form),
        "thpt-2021": TranscriptForm(version=1, layout="secondary", printed=printed_secondary_form),
        "tieu-hoc-2020": TranscriptForm(version=1, layout="primary", printed=printed_primary_form),
    }
)


def transcript_form(form: str) -> TranscriptForm:
    """The form that a record names.

    Raises:
        InvalidInputError: it has no template (`form-without-template`).
    """
    if form not in _FORMS:
        raise InvalidInputError(
            "form-without-template", vi=f"Chưa có mẫu in cho biểu mẫu '{form}'.", en=f"There is no template for the form '{form}'."
        )
    return _FORMS[form]


def template_of(form: str) -> str:
    """Form and version of today's template, such as `thcs-2021/2`.

    Raises:
        InvalidInputError: the form has no template (`form-without-template`).
    """
    return f"{form}/{transcript_form(form).version}"
