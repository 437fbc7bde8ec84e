"""Which office issues the decision, whose power it is, and how its signatory signs, from the words of the workbook and the register."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from signing_service.ids import PersonCode, UnitCode
from signing_service.intake.awards.facts import DecisionFacts, Fact, Stated
from signing_service.intake.awards.findings import AwardFindings
from signing_service.intake.characters import printable_name
from signing_service.intake.collecting import Place
from signing_service.intake.text import clean, folded, with_real_letters
from signing_service.records.awards.authority import AuthorityKind, IssuingAuthority, Signatory, SigningForm
from signing_service.records.awards.catalogue import AwardCatalogue

NOT_REGISTERED: Final = UnitCode("")
"""The code of an office that the register does not know: no role is ever granted for it, so nothing can be imported for good."""

_KINDS: Final = (
    (re.compile(r"(?:sogiaoducvadaotao|sogddt)(.*)"), AuthorityKind.DEPARTMENT),
    (re.compile(r"(?:uybannhandan|ubnd)(?:tinh|thanhpho)(.*)"), AuthorityKind.PROVINCE),
    (re.compile(r"(?:uybannhandan|ubnd)(?:xa|phuong|dackhu)(.*)"), AuthorityKind.COMMUNE),
    (re.compile(r"(?:truong|trungtam)(.*)"), AuthorityKind.SCHOOL),
)
_LONG_NAME: Final = re.compile(
    r"(?:sở giáo dục và đào tạo|sở gd\s*&\s*đt|(?:[uủ]ỷ|ủy|uỷ) ban nhân dân (?:xã|phường|đặc khu|tỉnh|thành phố)"
    r"|ubnd (?:xã|phường|đặc khu|tỉnh|thành phố))\s+(.+)",
    re.IGNORECASE,
)
_SUPERIOR: Final = re.compile(r"(?:ubnd|uybannhandan|sogiaoduc).*")
_FORMS: Final = tuple(sorted((form for form in SigningForm if form.value), key=lambda form: len(form.value), reverse=True))
_SEPARATORS: Final = re.compile(r"\s*[;,/]\s*|\s+[-–]\s+")


def read_authority(facts: DecisionFacts, known: Sequence[IssuingAuthority], findings: AwardFindings) -> IssuingAuthority | None:
    """The issuing office, None when the workbook does not name it or its kind cannot be told."""
    office = facts.first(Fact.OFFICE) or _in_letterhead(facts)
    if office is None:
        findings.refuse("value-missing", Place(facts.sheet), f"“{Fact.OFFICE.value}”")
        return None
    registered = next((authority for authority in known if folded(authority.name) == folded(office.text)), None)
    kind = registered.kind if registered else _kind(office.text)
    if kind is None:
        findings.refuse("authority-unknown", office.place)
        return None
    power = facts.first(Fact.POWER)
    if power is not None and not folded(power.text).startswith(folded(kind.head)):
        findings.refuse("authority-title-differs", power.place)
    if registered is None:
        findings.warn("authority-not-registered", office.place)
    return registered or _unregistered(facts, office.text, kind)


def read_signatory(facts: DecisionFacts, authority: IssuingAuthority, findings: AwardFindings) -> Signatory | None:
    """Who signs and how, None when nobody is named."""
    signer = facts.first(Fact.SIGNER)
    if signer is None:
        findings.refuse("value-missing", Place(facts.sheet), f"“{Fact.SIGNER.value}”")
        return None
    if not printable_name(signer.text):
        findings.refuse("name-characters", signer.place)
        return None
    code = facts.first(Fact.SIGNER_CODE)
    if code is None:
        findings.warn("signer-code-missing", signer.place)
    title = facts.first(Fact.SIGNING_TITLE)
    plain = Signatory(
        name=with_real_letters(signer.text),
        code=PersonCode(code.text) if code else None,
        form=SigningForm.DIRECT,
        title=authority.kind.head,
    )
    return plain if title is None else _titled(plain, title)


def require_power(facts: DecisionFacts, authority: IssuingAuthority, catalogue: AwardCatalogue, findings: AwardFindings) -> None:
    """Refuse an office whose head decides no award under the catalogue."""
    if authority.kind not in {decider.kind for decider in catalogue.deciders}:
        office = facts.first(Fact.OFFICE)
        findings.refuse("authority-without-power", office.place if office else Place(facts.sheet), catalogue.identifier)


def _titled(plain: Signatory, title: Stated) -> Signatory:
    lines = title.lines if len(title.lines) > 1 else tuple(filter(None, _SEPARATORS.split(title.text, maxsplit=1)))
    first, own = lines[0], lines[1] if len(lines) > 1 else None
    form = next((form for form in _FORMS if first.upper().startswith(form.value)), SigningForm.DIRECT)
    return replace(plain, form=form, title=_sentence(first[len(form.value) :]), own_title=None if own is None else _sentence(own))


def _sentence(text: str) -> str:
    """`PHÓ GIÁM ĐỐC` as `Phó Giám đốc`; a title that is not all capitals stays as it is."""
    plain = clean(text)
    if plain != plain.upper():
        return plain
    head = next((head for head in sorted({kind.head for kind in AuthorityKind}) if plain.endswith(head.upper())), None)
    rest = plain.capitalize()
    return rest if head is None else f"{rest[: len(rest) - len(head)]}{head}"


def _kind(name: str) -> AuthorityKind | None:
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(folded(name))), None)


def _in_letterhead(facts: DecisionFacts) -> Stated | None:
    return next((stated for stated in reversed(facts.letterhead) if _kind(stated.text)), None)


def _unregistered(facts: DecisionFacts, name: str, kind: AuthorityKind) -> IssuingAuthority:
    superior = facts.first(Fact.SUPERIOR) or next(
        (s for s in facts.letterhead if _SUPERIOR.fullmatch(folded(s.text)) and folded(s.text) != folded(name)), None
    )
    region = _LONG_NAME.fullmatch(name)
    place = facts.first(Fact.PLACE)
    return IssuingAuthority(
        code=NOT_REGISTERED,
        kind=kind,
        name=name,
        superior=superior.text if superior is not None and kind is not AuthorityKind.COMMUNE else None,
        province=f"Tỉnh {region[1]}" if region and kind in {AuthorityKind.DEPARTMENT, AuthorityKind.PROVINCE} else "",
        place_of_issue=place.text if place else (region[1] if region else ""),
        head_title=f"{kind.head} {name}",
    )
