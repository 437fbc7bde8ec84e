import json

import pytest

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.render_inputs import RenderInputs, inputs_from

INPUTS = RenderInputs(
    template="thcs-2021/1", typst="0.15.2", fonts=("fontpkg-noto-serif 2.15",), link="https://mau.example/v/a", short_code="0000-0000-0000"
)


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
    ],
)
def test_hostile_attachments_are_refused(hostile: bytes) -> None:
    with pytest.raises(InvalidInputError, match="render-inputs-unreadable"):
        inputs_from(hostile)
