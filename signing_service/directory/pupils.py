"""Pupils across schools and years: one identifier of our own, to which codes and enrolments attach.

A personal ID may be missing and a school's code may change. Two entries with the same name and birth date may be one child or two: that is
asked of a person, never decided here.
"""

import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from signing_service.ids import SchoolCode

PupilId = NewType("PupilId", str)
"""UUID version 4 of one child through all schools and years; it never leaves the service."""


def new_pupil_id() -> PupilId:
    """A fresh random pupil identifier."""
    return PupilId(str(uuid.uuid4()))


@dataclass(frozen=True, slots=True)
class PupilIdentity:
    """What a school says about who a child is; no more than telling children apart needs."""

    name: str
    birth_date: date
    personal_id: str | None = None
    """Twelve digits; many children have none yet."""


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A child whom the directory knows."""

    pupil: PupilId
    identity: PupilIdentity


@dataclass(frozen=True, slots=True)
class PupilEnrolment:
    """A child at a school in one school year, from `since` up to and including `until` (None: to the end of the year)."""

    pupil: PupilId
    school: SchoolCode
    pupil_code: str
    """The child's code at that school (Mã học sinh)."""
    class_name: str
    school_year: str
    since: date
    until: date | None = None


class Likeness(StrEnum):
    """Why two entries may be one child."""

    PERSONAL_ID = "personal-id"
    NAME_AND_BIRTH_DATE = "name-and-birth-date"
    PERSONAL_ID_WITH_OTHER_BIRTH_DATE = "personal-id-with-other-birth-date"


@dataclass(frozen=True, slots=True)
class PossibleMatch:
    """Two entries that may be one child; a person says whether they are."""

    pupil: PupilId
    """The entry made later."""
    other: PupilId
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Recognition:
    """The entry that is this child beyond doubt, and those that a person has to look at."""

    same: PupilId | None
    possible: tuple[tuple[PupilId, Likeness], ...]


def recognise(identity: PupilIdentity, known: Iterable[KnownPupil]) -> Recognition:
    """Which of `known` is the child described.

    Only an equal personal ID with an equal birth date is beyond doubt; namesakes with different personal IDs are different children.
    """
    same: PupilId | None = None
    possible: list[tuple[PupilId, Likeness]] = []
    for entry in known:
        there = entry.identity
        if identity.personal_id is not None and identity.personal_id == there.personal_id:
            if identity.birth_date == there.birth_date:
                same = entry.pupil
            else:
                possible.append((entry.pupil, Likeness.PERSONAL_ID_WITH_OTHER_BIRTH_DATE))
        elif _namesakes(identity, there) and None in {identity.personal_id, there.personal_id}:
            possible.append((entry.pupil, Likeness.NAME_AND_BIRTH_DATE))
    return Recognition(same, () if same is not None else tuple(possible))


def matching_name(name: str) -> str:
    """Equal for spellings of one name: capitals, accents, spaces and apostrophes do not matter. Wide on purpose, as a person decides."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(character for character in plain if character.isalnum())


def _namesakes(one: PupilIdentity, other: PupilIdentity) -> bool:
    return one.birth_date == other.birth_date and matching_name(one.name) == matching_name(other.name)
