import pytest
from asn1crypto import x509 as asn1_x509
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError
from signing_service.pki.names import LONGEST_ATTRIBUTE, SubjectName
from signing_service.trust.names import name_text

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyÁÀẢÃẠƀĕĭŏƁ'’ ", min_size=1, max_size=LONGEST_ATTRIBUTE).filter(
    lambda text: text == text.strip()
)


@given(VIETNAMESE, VIETNAMESE, VIETNAMESE)
def test_names_come_back_in_nfc_as_utf8_strings(common_name: str, organisation: str, title: str) -> None:
    encoded = SubjectName(common_name, organisation, title=title, serial_number="GV-0001").to_der()
    read = asn1_x509.Name.load(encoded)
    assert read.native["common_name"] == common_name
    assert read.native["organization_name"] == organisation
    assert read.native["title"] == title
    kinds = {part[0]["type"].native: part[0]["value"].name for part in read.chosen}
    assert kinds.pop("country_name") == "printable_string"
    assert kinds.pop("serial_number") == "printable_string"
    assert set(kinds.values()) == {"utf8_string"}


def test_absent_parts_are_left_out() -> None:
    read = asn1_x509.Name.load(SubjectName("Trường Ví Dụ", "Trường Ví Dụ").to_der())
    assert name_text(read) == "CN=Trường Ví Dụ,O=Trường Ví Dụ,C=VN"


@pytest.mark.parametrize(
    "part",
    ["", " ", " Ví Dụ", "Ví Dụ ", "Vi\u0301 Du\u0323", "Ví\nDụ", "Ví\u200bDụ", "Ví\u202eDụ", "a" * (LONGEST_ATTRIBUTE + 1)],
)
def test_a_part_that_could_mislead_is_refused(part: str) -> None:
    for fields in ((part, "Trường Ví Dụ"), ("Ví Dụ", part)):
        with pytest.raises(InvalidInputError, match="certificate-subject"):
            SubjectName(*fields)
    with pytest.raises(InvalidInputError, match="certificate-subject"):
        SubjectName("Ví Dụ", "Trường Ví Dụ", title=part)


@pytest.mark.parametrize("number", ["", "mã-1", "a*b", "a@b", "một"])
def test_a_serial_number_is_a_printable_string(number: str) -> None:
    with pytest.raises(InvalidInputError, match="certificate-subject"):
        SubjectName("Ví Dụ", "Trường Ví Dụ", serial_number=number)
