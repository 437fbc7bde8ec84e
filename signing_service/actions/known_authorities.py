"""The register as award intake needs it: every office that may grant awards, as its papers print it."""

from signing_service.actions.repositories import Database
from signing_service.directory.units import OfficeUnit, OrganisationUnit, School, UnitKind
from signing_service.records.awards.authority import AuthorityKind, IssuingAuthority

_KINDS = {
    UnitKind.COMMUNE: AuthorityKind.COMMUNE,
    UnitKind.DEPARTMENT: AuthorityKind.DEPARTMENT,
    UnitKind.SCHOOL: AuthorityKind.SCHOOL,
}


def known_authorities(database: Database) -> tuple[IssuingAuthority, ...]:
    """Every registered office and school."""
    with database.begin() as unit:
        return tuple(map(authority_of, unit.staff.units()))


def authority_of(unit: OrganisationUnit) -> IssuingAuthority:
    """A unit as the head of its award papers prints it."""
    kind = _KINDS[unit.kind]
    return IssuingAuthority(
        code=unit.code,
        kind=kind,
        name=unit.name,
        superior=_superior(unit),
        province=unit.province,
        place_of_issue=unit.place_of_issue,
        head_title=f"{kind.head} {unit.name}",
    )


def office_of(authority: IssuingAuthority) -> OfficeUnit:
    """The department or commune that a record names, as the directory holds it."""
    kind = next(kind for kind, award_kind in _KINDS.items() if award_kind is authority.kind)
    return OfficeUnit(authority.code, kind, authority.name, authority.province, authority.place_of_issue)


def _superior(unit: OrganisationUnit) -> str | None:
    """NĐ 30/2020, Phụ lục I, mục II.2: a committee's papers name no superior."""
    if isinstance(unit, School):
        return unit.department_name
    if unit.kind is UnitKind.COMMUNE:
        return None
    return f"UBND {unit.province[:1].lower()}{unit.province[1:]}"
