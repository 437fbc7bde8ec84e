"""`signing-service import staff FILE` and `import schools FILE`: the directory from workbooks."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from signing_service.access.operator import operator
from signing_service.actions.import_staff import import_staff
from signing_service.actions.import_units import import_units
from signing_service.bootstrap import Service, open_service
from signing_service.clock import VIETNAM
from signing_service.directory.units import OrganisationUnit, School
from signing_service.ids import UnitCode
from signing_service.intake.findings import Finding
from signing_service.intake.staff.reading import read_staff
from signing_service.intake.staff.unit_list import read_units
from signing_service.records.jcs import JsonValue
from signing_service.settings import Settings

KINDS = ("staff", "schools")

_HAS_ERRORS = 1


@dataclass(frozen=True, slots=True)
class _Told:
    """What is printed in the end; `kept` is None when nothing was to be kept."""

    printed: dict[str, JsonValue]
    read: int
    refused: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    kept: tuple[int, int] | None


def import_directory(arguments: argparse.Namespace, data: bytes, *, today: date) -> int:
    """Import good rows and list the rest; 0 without errors, 1 when a row was refused."""
    read = _staff if arguments.kind == "staff" else _schools
    if not arguments.dry_run:
        with open_service(Settings()) as service:
            told = read(data, today, service, keep=True)
    elif Settings().identity_file.exists():
        with open_service(Settings()) as service:
            told = read(data, today, service, keep=False)
    else:
        told = read(data, today, None, keep=False)
    (_print_json if arguments.json else _print_text)(told)
    return _HAS_ERRORS if told.refused else 0


def _staff(data: bytes, today: date, service: Service | None, *, keep: bool) -> _Told:
    intake = read_staff(data, today=today, units=None if service is None else _units(service))
    if service is None or not keep:
        return _Told(intake.to_json(), len(intake.records), intake.errors, intake.warnings, None)
    actor = operator(sorted({person.record.unit_code for person in intake.records}), on=_day(service))
    outcome = import_staff(intake, actor=actor, database=service.database, clock=service.clock)
    refused, warnings = (*intake.errors, *outcome.refused), (*intake.warnings, *outcome.notices)
    return _Told(intake.to_json(), len(intake.records), refused, warnings, (len(outcome.changed), len(outcome.unchanged)))


def _schools(data: bytes, today: date, service: Service | None, *, keep: bool) -> _Told:
    intake = read_units(data, today=today, units=() if service is None else _units(service))
    if service is None or not keep:
        return _Told(intake.to_json(), len(intake.records), intake.errors, intake.warnings, None)
    actor = operator(sorted(set(_answering(row.unit for row in intake.records))), on=_day(service))
    outcome = import_units(intake, actor=actor, database=service.database, clock=service.clock)
    refused = (*intake.errors, *outcome.refused)
    return _Told(intake.to_json(), len(intake.records), refused, intake.warnings, (len(outcome.changed), len(outcome.unchanged)))


def _answering(units: Iterable[OrganisationUnit]) -> Iterable[UnitCode]:
    for unit in units:
        yield UnitCode(unit.department_code) if isinstance(unit, School) else unit.code


def _units(service: Service) -> Sequence[OrganisationUnit]:
    with service.database.begin() as unit:
        return unit.staff.units()


def _day(service: Service) -> date:
    return service.clock.now().astimezone(VIETNAM).date()


def _print_json(told: _Told) -> None:
    printed: dict[str, object] = {
        **told.printed,
        "errors": [finding.to_json() for finding in told.refused],
        "warnings": [finding.to_json() for finding in told.warnings],
    }
    if told.kept is not None:
        printed |= {"changed": told.kept[0], "unchanged": told.kept[1]}
    sys.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2) + "\n")


def _print_text(told: _Told) -> None:
    for label, findings in (("LỖI", told.refused), ("Lưu ý", told.warnings)):
        for finding in findings:
            place = f"{finding.sheet}!{finding.column or ''}{finding.row or ''}"
            sys.stdout.write(f"{label:<6} {place:<18} {finding.vi} · {finding.en} [{finding.code}]\n")
    done = "" if told.kept is None else f", thêm hoặc sửa · entered {told.kept[0]}, không đổi · unchanged {told.kept[1]}"
    sys.stdout.write(f"Đọc được · read {told.read}, từ chối · refused {len(told.refused)}, lưu ý · warnings {len(told.warnings)}{done}\n")
