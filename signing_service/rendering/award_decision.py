"""An award decision (quyết định khen thưởng) with its annex becomes one file: a pure function, same input, same bytes."""

from typing import Final

from signing_service.records.awards.decision import Award, AwardDecision, AwardDecisionRecord, CollectiveAward, IndividualAward, LegalBasis
from signing_service.rendering.award_page import AwardForm, printed_head, render_award, written_date
from signing_service.rendering.document import PrintedLink, RenderedDocument
from signing_service.rendering.printable import Printed

DECISION_FORM: Final = AwardForm("qdkt-2020", 1, template="award-decision", record_name="quyet-dinh.json")
"""The page of Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.2: A4, upright, the annex behind it."""

_CLOSING_MARKS: Final = " ;.,"


def render_award_decision(record: AwardDecisionRecord, link: PrintedLink, *, record_json: bytes) -> RenderedDocument:
    """Render a decision with its annex as an unsigned PDF/A-3a and PDF/UA-1 file with the fields `NGUOI_KY` and `DAU_CO_QUAN`.

    Args:
        record: What the pages show.
        link: Printed and encoded as a QR code.
        record_json: The canonical bytes of the same record, attached as `quyet-dinh.json`.

    Raises:
        InvalidInputError, IntegrityError, UnavailableError: as `render_award` says.
    """
    decision = record.decision
    return render_award(
        DECISION_FORM,
        printed_decision(decision),
        link,
        form_name=decision.form,
        record_json=record_json,
        created_at=record.created_at,
    )


def printed_decision(decision: AwardDecision) -> dict[str, Printed]:
    """The pages, entry by entry."""
    return printed_head(decision.authority, decision.signatory, decision.dated) | {
        "title": f"Quyết định số {decision.number} {decision.subject[:1].lower()}{decision.subject[1:]}",
        "description": f"{decision.authority.name}, {written_date(decision.dated)}",
        "superior": decision.authority.superior or "",
        "number": decision.number,
        "subject": decision.subject,
        "bases": _bases(decision.legal_bases, decision.proposed_by),
        "articles": list[Printed](decision.articles),
        "sent-to": list[Printed](decision.sent_to),
        "annex-of": f"(Kèm theo Quyết định số {decision.number} {written_date(decision.dated)} của {decision.authority.head_title})",
        "collectives": [_collective(line) for line in decision.collectives],
        "individuals": [_individual(line) for line in decision.individuals],
    }


def _bases(bases: tuple[LegalBasis, ...], proposed_by: str | None) -> list[Printed]:
    """A line each, closed with a semicolon and the last with a full stop (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6)."""
    lines = [f"Căn cứ {basis.text.rstrip(_CLOSING_MARKS)}" for basis in bases]
    if proposed_by:
        lines.append(f"Theo đề nghị của {proposed_by.rstrip(_CLOSING_MARKS)}")
    return [*(f"{line};" for line in lines[:-1]), *(f"{line}." for line in lines[-1:])]


def _reason(award: Award) -> list[Printed]:
    return [award.achievement, f"Phong trào, chuyên đề: “{award.campaign}”" if award.campaign else ""]


def _collective(line: CollectiveAward) -> Printed:
    return {"number": f"{line.number:02}", "name": line.name, "award": line.award.title_name, "reason": _reason(line.award)}


def _individual(line: IndividualAward) -> Printed:
    return {
        "number": f"{line.number:02}",
        "name": f"{line.salutation} {line.name}".strip(),
        "place": ", ".join(part for part in (line.position, line.unit) if part),
        "award": line.award.title_name,
        "reason": _reason(line.award),
    }
