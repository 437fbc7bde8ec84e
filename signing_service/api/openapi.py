"""The description of the API (OpenAPI 3.1), told from the same values that the answers are made of."""

from typing import Any, Final

from signing_service.actions.look_up_link import LinkVerdict
from signing_service.records.kinds import DocumentKind
from signing_service.verification.report_schema import report_schema
from signing_service.workflow.case import SigningRole
from signing_service.workflow.recall import RecallReason

_VERSION: Final = "1.0"
_MOMENT: Final = {"type": "string", "format": "date-time"}
_OPTIONAL: Final = {"type": ["string", "null"]}
_SHA256: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TOKEN: Final = {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{32}$"}

_PROBLEMS: Final = {
    400: "What was sent cannot be used as it is.",
    404: "Nothing was issued with this link or code.",
    413: "More than 20 MiB of PDF or 1 MiB of evidence.",
    415: "Another media type than those named here.",
    429: "Too many tries; Retry-After says when to come back.",
    503: "Too many files wait, or the record cannot be read right now; Retry-After says when to come back.",
}


def openapi_document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "signing-service",
            "version": _VERSION,
            "description": "Verifies transcripts and award records. Nothing sent is stored or logged; the same file gets the same answer.",
        },
        "paths": {
            "/api/v1/verifications": {"post": _verify_file()},
            "/api/v1/verifications/by-short-code": {"post": _by_short_code()},
            "/api/v1/verifications/{token}": {"get": _by_link()},
        },
        "components": {"schemas": {"Report": _report(), "Status": _status(), "Problem": _problem()}},
    }


def _verify_file() -> dict[str, Any]:
    binary = {"type": "string", "contentMediaType": "application/octet-stream"}
    form = {"type": "object", "properties": {"file": binary, "evidence": binary}, "required": ["file"]}
    return {
        "operationId": "verifyFile",
        "summary": "Judge a PDF, with its evidence bundle if there is one",
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": form}, "application/pdf": {"schema": binary}},
        },
        "responses": {
            "200": _answer("Report", "The report; `current_status` is told of a file that was issued here."),
            **_problems(400, 413, 415, 429, 503),
        },
    }


def _by_short_code() -> dict[str, Any]:
    body = {"type": "object", "properties": {"short_code": {"type": "string", "examples": ["7K3M-Q9TZ-0X4B"]}}, "required": ["short_code"]}
    return {
        "operationId": "statusByShortCode",
        "summary": "The status of the document with this short code, without personal data",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"200": _answer("Status", "What the link's page says."), **_problems(400, 404, 413, 415, 429, 503)},
    }


def _by_link() -> dict[str, Any]:
    return {
        "operationId": "statusByLink",
        "summary": "The status of the document behind a link, without personal data",
        "parameters": [{"name": "token", "in": "path", "required": True, "schema": _TOKEN}],
        "responses": {"200": _answer("Status", "What the link's page says."), **_problems(404, 503)},
    }


def _answer(schema: str, description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def _problems(*statuses: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": _PROBLEMS[status], "content": content} for status in statuses}


def _report() -> dict[str, Any]:
    return {name: value for name, value in report_schema().items() if name != "$schema"}


def _status() -> dict[str, Any]:
    told = [verdict.value for verdict in LinkVerdict if verdict not in {LinkVerdict.UNKNOWN, LinkVerdict.CANNOT_TELL}]
    signer = {"role": {"enum": [role.value for role in SigningRole]}, "signed_at": _MOMENT}
    members: dict[str, Any] = {
        "token": _TOKEN,
        "current_status": {"enum": told},
        "checked_at": _MOMENT,
        "kind": {"enum": [kind.value for kind in DocumentKind]},
        "issuer": _OPTIONAL,
        "school_year": _OPTIONAL,
        "decision_number": _OPTIONAL,
        "decided_on": {"type": ["string", "null"], "format": "date"},
        "signers": {"type": "array", "items": _object(signer)},
        "file_sha256": _SHA256,
        "revoked_at": {"type": ["string", "null"], "format": "date-time"},
        "revocation_reason": {"enum": [*(reason.value for reason in RecallReason), None]},
        "successor": {"anyOf": [_TOKEN, {"type": "null"}]},
    }
    return _object(members)


def _problem() -> dict[str, Any]:
    """RFC 9457, with our stable `code` and the Vietnamese words."""
    text = {"type": "string"}
    return _object({"type": text, "title": text, "status": {"type": "integer"}, "detail": text, "detail_vi": text, "code": text})


def _object(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}
