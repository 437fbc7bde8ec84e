"""One person, one current key; a certificate names no class; a merged unit gets no seal."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from signing_service.actions.certificate_store import StoredCertificate
from signing_service.actions.enrol_signer import person_owner
from signing_service.bootstrap import Service
from signing_service.custody.pin import Pin
from signing_service.directory.people import Office
from signing_service.directory.units import Merger
from signing_service.errors import RefusedError
from tests.directory.house import HILL, NEWCOMER, VALLEY

PIN = "ngàn sao đêm hè"


def current(service: Service) -> StoredCertificate:
    with service.database.begin() as unit:
        found = unit.certificates.of_owner(person_owner(NEWCOMER.code))
    assert found is not None
    return found


def test_a_certificate_names_the_person_and_no_class(service: Service) -> None:
    service.enrolment().person(NEWCOMER, HILL, Office.HOMEROOM_TEACHER, Pin(PIN))
    subject = x509.load_der_x509_certificate(current(service).certificate).subject
    held = {attribute.oid: attribute.value for attribute in subject}
    assert held == {
        NameOID.COUNTRY_NAME: "VN",
        NameOID.ORGANIZATION_NAME: HILL.name,
        NameOID.TITLE: Office.HOMEROOM_TEACHER.label,
        NameOID.SERIAL_NUMBER: NEWCOMER.code,
        NameOID.COMMON_NAME: NEWCOMER.name,
    }


def test_a_new_key_after_a_lost_pin_is_the_current_one_and_the_old_certificate_stays_good(service: Service) -> None:
    enrolment = service.enrolment()
    enrolment.person(NEWCOMER, HILL, Office.HOMEROOM_TEACHER, Pin(PIN))
    lost = current(service)
    enrolment.person(NEWCOMER, HILL, Office.HOMEROOM_TEACHER, Pin("một mã PIN khác"))
    new = current(service)
    assert new.serial != lost.serial
    with service.database.begin() as unit:
        kept = unit.certificates.by_serial(lost.serial)
        assert unit.certificates.revoked() == ()
    assert kept == lost
    with service.keys.open(new.owner, Pin("một mã PIN khác"), key=new.key) as key:
        assert key.key_id == new.key


def test_a_merged_unit_gets_no_seal(service: Service) -> None:
    merged = replace(HILL, merged_into=Merger(VALLEY.code, date(2026, 2, 1)))
    with pytest.raises(RefusedError) as refusal:
        service.enrolment().seal(merged)
    assert refusal.value.code == "merged-before"
