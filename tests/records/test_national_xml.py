"""Every field of the national XML has a place in the record."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest

from signing_service.records import national_xml
from signing_service.records.json_form import alternatives, members_of
from signing_service.records.transcript import TranscriptRecord

_GROUPS = (
    ("2.3", national_xml.GENERAL),
    ("2.4", national_xml.STUDY_HISTORY),
    ("2.5", national_xml.SUMMARY),
    ("2.6", national_xml.SUBJECT_ROW),
    ("2.7", national_xml.COMPETENCES_AND_QUALITIES),
)


def _paths() -> Iterable[str]:
    for group in (*(group for _, group in _GROUPS), national_xml.SIGNATURES):
        for paths in group.values():
            yield from paths


@pytest.mark.parametrize("path", sorted(set(_paths())))
def test_every_path_leads_to_a_field_of_the_record(path: str) -> None:
    hint: Any = TranscriptRecord
    for step in path.split("."):
        hint, _ = members_of(hint)[step.removesuffix("[]")]
        assert (get_origin(hint) is tuple) == step.endswith("[]"), step
        if step.endswith("[]"):
            hint = get_args(hint)[0]
    assert len(alternatives(hint)) == 1


@pytest.mark.parametrize(("section", "group"), _GROUPS)
def test_every_tag_of_the_specification_has_a_place(shared: Path, section: str, group: dict[str, tuple[str, ...]]) -> None:
    text = (shared / "domain" / "hoc-ba-xml.md").read_text("utf-8")
    part = re.search(rf"^### {re.escape(section)} .*?(?=^##)", text, re.MULTILINE | re.DOTALL)
    assert part is not None
    tags = re.findall(r"^\| \d+ \| `([A-Z_]+)`", part[0], re.MULTILINE)
    assert tags
    assert set(tags) == set(group)


def test_the_block_of_signatures_is_complete(shared: Path) -> None:
    text = (shared / "domain" / "hoc-ba-xml.md").read_text("utf-8")
    rows = re.findall(r"^\| `(GVCN|CBQL|KY_PHAT_HANH)` \|.*?\| (`NGAY_KY`.*?) \|$", text, re.MULTILINE)
    fields = {f"{role}/{tag}" for role, children in rows for tag in re.findall(r"`([A-Z_]+)`", children)}
    signatures = {f"{role}/Signature" for role, _ in rows}
    assert len(rows) == 3
    assert fields | signatures == set(national_xml.SIGNATURES) | national_xml.FROM_THE_SIGNATURE


def test_joined_tags_are_tags() -> None:
    assert {tag for _, group in _GROUPS for tag in group} >= national_xml.JOINED
