import json
from dataclasses import replace

import pytest

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.rendering.attachments import Attachment, Relationship
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.render_inputs import AttachmentInputs, RenderInputs, inputs_from

INPUTS = RenderInputs(
    template="thcs-2021/2", typst="0.15.2", fonts=("fontpkg-noto-serif 2.15",), link="https://mau.example/v/a", short_code="0000-0000-0000"
)

FURTHER = AttachmentInputs("phieu.json", "application/json", Relationship.DATA, "Phiếu")
WITH_FURTHER = replace(INPUTS, attachments=(FURTHER,))


def test_further_files_are_named_and_made_whole_with_the_bytes_of_the_document() -> None:
    assert RenderInputs.from_json(WITH_FURTHER.to_json()) == WITH_FURTHER
    whole = Attachment("phieu.json", "application/json", b"1", Relationship.DATA, "Phiếu")
    assert (AttachmentInputs.of(whole), FURTHER.with_data(b"1")) == (FURTHER, whole)
    assert b"attachments" not in INPUTS.to_json()


def test_what_is_written_is_read_again() -> None:
    assert RenderInputs.from_json(INPUTS.to_json()) == INPUTS
    assert inputs_from(INPUTS.to_json()) == PrintedLink(url=INPUTS.link, short_code=ShortCode(INPUTS.short_code))


def test_it_is_canonical_json() -> None:
    rfc8785 = pytest.importorskip("rfc8785")
    assert INPUTS.to_json() == rfc8785.dumps(json.loads(INPUTS.to_json()))


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        b"[" * 4000,
        INPUTS.to_json() + b" " * 4096,
        INPUTS.to_json().replace(b'"0.15.2"', b"15"),
        INPUTS.to_json().replace(b'["fontpkg-noto-serif 2.15"]', b'"x"'),
        INPUTS.to_json().replace(b'["fontpkg-noto-serif 2.15"]', b"[1]"),
        INPUTS.to_json().replace(b'"typst"', b'"other"'),
        WITH_FURTHER.to_json().replace(b"[{", b"[1,{"),
        WITH_FURTHER.to_json().replace(b'"data"', b'"source"'),
        WITH_FURTHER.to_json().replace(b'"application/json"', b"1"),
        INPUTS.to_json().replace(b'"fonts"', b'"attachments":{},"fonts"'),
    ],
)
def test_hostile_attachments_are_refused(hostile: bytes) -> None:
    with pytest.raises(InvalidInputError, match="render-inputs-unreadable"):
        inputs_from(hostile)
