"""What of a decision may leave the office, and the certificates that follow from it: no more than the pages print.

Law 91/2025/QH15, Điều 3: personal data is processed for a stated purpose only. Ratings, votes, the council, ethnicity, areas, staff codes
of recipients and the clerk's notes were needed to decide; the annex and the framed page print none of them.
"""

from dataclasses import replace

from signing_service.records.awards.catalogue import AwardCatalogue
from signing_service.records.awards.certificate import AwardCertificate, Recipient
from signing_service.records.awards.decision import AwardDecision, CollectiveAward, IndividualAward, Section


def issued_decision(decision: AwardDecision) -> AwardDecision:
    """The decision as it is embedded in its file."""
    return replace(
        decision,
        council=(),
        collectives=tuple(
            replace(line, area=None, votes=None, advanced_workers=None, headcount=None, note=None) for line in decision.collectives
        ),
        individuals=tuple(
            replace(line, code=None, ethnicity=None, area=None, votes=None, rating=None, initiative=None, note=None)
            for line in decision.individuals
        ),
    )


def certificates_of(decision: AwardDecision, catalogue: AwardCatalogue) -> tuple[AwardCertificate, ...]:
    """One certificate for each line of the annex: collectives first, in the order of the annex.

    Raises:
        InvalidInputError: the catalogue knows no such title (`award-title-unknown`).
    """
    lines: tuple[CollectiveAward | IndividualAward, ...] = (*decision.collectives, *decision.individuals)
    return tuple(_certificate(decision, line, catalogue) for line in lines)


def _certificate(decision: AwardDecision, line: CollectiveAward | IndividualAward, catalogue: AwardCatalogue) -> AwardCertificate:
    title = catalogue.title(line.award.title)
    return AwardCertificate(
        catalogue=decision.catalogue,
        form=title.certificate_form,
        heading=title.heading,
        authority=decision.authority,
        signatory=decision.signatory,
        decision_number=decision.number,
        decision_dated=decision.dated,
        golden_book_number=line.number,
        recipient=_recipient(line),
        award=line.award,
        school_year=decision.school_year,
    )


def _recipient(line: CollectiveAward | IndividualAward) -> Recipient:
    if isinstance(line, CollectiveAward):
        return Recipient(Section.COLLECTIVE, line.name)
    return Recipient(Section.INDIVIDUAL, line.name, salutation=line.salutation, position=line.position, unit=line.unit)
