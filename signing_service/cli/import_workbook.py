"""`signing-service import transcripts FILE...`; what the directory imports stands in `import_staff.py`, awards in `import_awards.py`."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from signing_service.access.operator import operator
from signing_service.actions.import_transcripts import ImportOutcome, class_of, import_transcripts
from signing_service.actions.known_schools import known_schools
from signing_service.actions.open_locked_year import open_locked_year
from signing_service.bootstrap import Service, open_service
from signing_service.cli.import_awards import AWARDS, import_awards
from signing_service.cli.import_staff import KINDS, import_directory
from signing_service.clock import VIETNAM, SystemClock
from signing_service.errors import InvalidInputError
from signing_service.intake.findings import Finding
from signing_service.intake.reading import NamedWorkbook, read_workbooks
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.settings import Settings

_HAS_ERRORS = 1
_TRANSCRIPTS = "transcripts"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("kind", choices=[_TRANSCRIPTS, AWARDS, *KINDS], help="what the workbook holds")
    parser.add_argument("file", type=Path, help="an .xlsx or .xls workbook")
    parser.add_argument("further", type=Path, nargs="*", help="transcripts: further workbooks of the same classes, such as both semesters")
    parser.add_argument("--after-lock", metavar="REASON", help="transcripts: open a year that has closed, for today, with this reason")
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Import good rows and list the rest; 0 without errors, 1 when a row was refused, 2 when the file cannot be read at all."""
    today = SystemClock().now().astimezone(VIETNAM).date()
    data = _content(arguments.file)
    if arguments.further and arguments.kind != _TRANSCRIPTS:
        raise InvalidInputError("one-file", vi="Loại này chỉ nhập mỗi lần một tệp.", en="This kind is imported one file at a time.")
    if arguments.kind == AWARDS:
        return import_awards(arguments, data, today=today)
    if arguments.kind in KINDS:
        return import_directory(arguments, data, today=today)
    workbooks = (NamedWorkbook(arguments.file.name, data), *(NamedWorkbook(path.name, _content(path)) for path in arguments.further))
    if arguments.dry_run:
        intake, outcome = read_workbooks(workbooks, schools=_register_if_any(today), today=today), None
    else:
        with open_service(Settings()) as service:
            intake = read_workbooks(workbooks, schools=known_schools(service.database, on=today), today=today)
            outcome = _keep(service, intake, arguments.after_lock)
    refused = (*intake.errors, *(outcome.refused if outcome else ()))
    if arguments.json:
        _print_json(intake, outcome, refused)
    else:
        _print_text(intake, outcome, refused)
    return _HAS_ERRORS if refused else 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInputError(
            "file-unreadable", vi=f"Không mở được tệp {path}.", en=f"{path} cannot be opened: {error.strerror}."
        ) from None


def _register_if_any(today: date) -> tuple[KnownSchool, ...]:
    """The register where there is one: checking a workbook needs no installation."""
    settings = Settings()
    if not settings.identity_file.exists():
        return ()
    with open_service(settings) as service:
        return known_schools(service.database, on=today)


def _keep(service: Service, intake: IntakeResult, after_lock: str | None) -> ImportOutcome:
    batches = {class_of(row.transcript) for row in intake.records}
    today = service.clock.now().astimezone(VIETNAM).date()
    actor = operator({batch.school for batch in batches}, on=today)
    if after_lock is not None:
        for school, year in sorted({(batch.school, batch.school_year) for batch in batches}):
            open_locked_year(actor, school, year, until=today, reason=after_lock, database=service.database, clock=service.clock)
    return import_transcripts(
        intake, actor=actor, database=service.database, blobs=service.blobs, clock=service.clock, lock_days=service.lock_days
    )


def _print_json(intake: IntakeResult, outcome: ImportOutcome | None, refused: tuple[Finding, ...]) -> None:
    printed = intake.to_json() | {"errors": [finding.to_json() for finding in refused]}
    if outcome is not None:
        printed |= {"added": len(outcome.added), "reassessed": len(outcome.reassessed), "unchanged": len(outcome.unchanged)}
    sys.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2) + "\n")


def _print_text(intake: IntakeResult, outcome: ImportOutcome | None, refused: tuple[Finding, ...]) -> None:
    for label, findings in (("LỖI", refused), ("Lưu ý", intake.warnings)):
        for finding in findings:
            place = f"{finding.sheet}!{finding.column or ''}{finding.row or ''}"
            sys.stdout.write(f"{label:<6} {place:<18} {finding.vi} · {finding.en} [{finding.code}]\n")
    done = "" if outcome is None else f", thêm mới · added {len(outcome.added)}, không đổi · unchanged {len(outcome.unchanged)}"
    sys.stdout.write(
        f"Đọc được · read {len(intake.records)}, từ chối · refused {len(refused)}, lưu ý · warnings {len(intake.warnings)}{done}\n"
    )
