"""`signing-service import awards FILE`."""

import argparse
import json
import sys
from datetime import date
from typing import Final

from signing_service.access.operator import operator
from signing_service.actions.import_award_decision import AwardImport, import_award_decision
from signing_service.actions.known_authorities import known_authorities
from signing_service.bootstrap import Service, open_service
from signing_service.ids import SchoolCode
from signing_service.intake.awards.reading import read_awards
from signing_service.intake.awards.result import AwardIntake
from signing_service.records.awards.authority import IssuingAuthority
from signing_service.records.awards.catalogue import AwardCatalogue, read_catalogues, shipped_catalogues
from signing_service.records.awards.decision import AwardDecision
from signing_service.settings import Settings

AWARDS: Final = "awards"

_HAS_ERRORS: Final = 1
_OWN_CATALOGUES: Final = "award-catalogue"
"""Folder below the data directory whose files go before the shipped ones: a province's own titles and standards."""


def import_awards(arguments: argparse.Namespace, data: bytes, *, today: date) -> int:
    """Import a decision whose every line is sound; 0 without errors, 1 when a row was refused.

    Raises:
        SigningServiceError: the decision is sound and cannot be taken in: office, signatory or number.
    """
    settings = Settings()
    catalogues = _catalogues(settings)
    if arguments.dry_run:
        intake, outcome = read_awards(data, authorities=_register_if_any(settings), today=today, catalogues=catalogues), None
    else:
        with open_service(settings) as service:
            intake = read_awards(data, authorities=known_authorities(service.database), today=today, catalogues=catalogues)
            outcome = None if intake.decision is None else _keep(service, intake.decision.decision, catalogues, today)
    if arguments.json:
        _print_json(intake, outcome, dry_run=arguments.dry_run)
    else:
        _print_text(intake, outcome)
    return _HAS_ERRORS if intake.errors else 0


def _catalogues(settings: Settings) -> tuple[AwardCatalogue, ...]:
    return (*read_catalogues(settings.data_directory / _OWN_CATALOGUES), *shipped_catalogues())


def _register_if_any(settings: Settings) -> tuple[IssuingAuthority, ...]:
    """The register where there is one: checking a workbook needs no installation."""
    if not settings.identity_file.exists():
        return ()
    with open_service(settings) as service:
        return known_authorities(service.database)


def _keep(service: Service, decision: AwardDecision, catalogues: tuple[AwardCatalogue, ...], today: date) -> AwardImport:
    return import_award_decision(
        decision,
        actor=operator([SchoolCode(decision.authority.code)], on=today),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        catalogues=catalogues,
    )


def _print_json(intake: AwardIntake, outcome: AwardImport | None, *, dry_run: bool) -> None:
    printed = intake.to_json()
    if not dry_run:
        added = len(outcome.added) if outcome else 0
        printed |= {"added": added, "unchanged": len(intake.lines) + 1 if outcome and not added else 0}
    sys.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2) + "\n")


def _print_text(intake: AwardIntake, outcome: AwardImport | None) -> None:
    for label, findings in (("LỖI", intake.errors), ("Lưu ý", intake.warnings)):
        for finding in findings:
            place = f"{finding.sheet}!{finding.column or ''}{finding.row or ''}"
            sys.stdout.write(f"{label:<6} {place:<18} {finding.vi} · {finding.en} [{finding.code}]\n")
    sound = "đầy đủ · complete" if intake.decision else "chưa lập được · not made"
    done = "" if outcome is None else f", thêm mới · added {len(outcome.added)}"
    sys.stdout.write(
        f"Quyết định · decision: {sound}; khen thưởng · awards {len(intake.lines)}, từ chối · refused {len(intake.errors)}, "
        f"lưu ý · warnings {len(intake.warnings)}{done}\n"
    )
