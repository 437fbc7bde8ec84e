"""Distinguished names of other people's certificates, read without judging them: real ones break the length limits of RFC 5280."""

import re
from typing import Any

_SHORT_NAMES = {
    "common_name": "CN",
    "country_name": "C",
    "locality_name": "L",
    "organization_identifier": "organizationIdentifier",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "serial_number": "serialNumber",
    "state_or_province_name": "ST",
    "title": "title",
}
_SPECIAL = re.compile(r'([,+"\\<>;=]|^[# ]| $)')


def name_text(name: Any) -> str:  # noqa: ANN401 asn1crypto has no types
    """RFC 4514 text of an asn1crypto Name, last part first; an attribute without a short name is told by its dotted OID.

    Raises:
        ValueError: a value is not the string its type promises.
    """
    return ",".join("+".join(_part(part) for part in rdn) for rdn in reversed(list(name.chosen)))


def attribute(name: Any, kind: str) -> str | None:  # noqa: ANN401 asn1crypto has no types
    """The first value of an attribute such as "common_name", or None.

    Raises:
        ValueError: the value is not the string its type promises.
    """
    return next((str(part["value"].native) for rdn in name.chosen for part in rdn if part["type"].native == kind), None)


def _part(part: Any) -> str:  # noqa: ANN401 asn1crypto has no types
    value = _SPECIAL.sub(r"\\\1", str(part["value"].native))
    return f"{_SHORT_NAMES.get(part['type'].native, part['type'].dotted)}={value}"
