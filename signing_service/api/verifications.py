"""Verification for programs: a file, a link or a short code in, JSON out; no personal data, nothing kept."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from signing_service.access.pace import Pace
from signing_service.actions.judge_upload import Upload, UploadAnswer
from signing_service.actions.look_up_link import LinkAnswer, LinkVerdict
from signing_service.actions.typed_codes import typed_code
from signing_service.api.bodies import read_body
from signing_service.api.openapi import openapi_document
from signing_service.api.problems import problem
from signing_service.errors import InvalidInputError
from signing_service.ids import LinkToken, ShortCode
from signing_service.verification.report_json import report_to_json

LookUp = Callable[[LinkToken], LinkAnswer]
FindShortCode = Callable[[ShortCode], LinkToken | None]
ReadUpload = Callable[[Request], Awaitable[Upload]]
JudgeUpload = Callable[[Upload], UploadAnswer]
ClientOf = Callable[[Request], str]
Now = Callable[[], datetime]

PREFIX = "/api/v1"
SHORT_CODE_LENGTH = 12
RETRY_AFTER_SECONDS = 120

_TOKEN_CHARACTERS = frozenset("0123456789abcdefghjkmnpqrstvwxyz")
_TOKEN_LENGTH = 32


def verification_routes(
    *,
    look_up: LookUp,
    find_short_code: FindShortCode,
    read: ReadUpload,
    judge: JudgeUpload,
    client_of: ClientOf,
    now: Now,
    short_codes: Pace,
    uploads: Pace,
) -> APIRouter:
    """`/api/v1/verifications`, and its description in `/api/v1/openapi.json`."""
    router = APIRouter(prefix=PREFIX)
    description = json.dumps(openapi_document(), ensure_ascii=False)

    @router.api_route("/openapi.json", methods=["GET", "HEAD"], response_model=None)
    async def openapi() -> Response:
        return Response(description, media_type="application/json", headers={"Cache-Control": "public, max-age=3600"})

    @router.post("/verifications", response_model=None)
    async def file(request: Request) -> Response:
        uploads.take(client_of(request), now())
        answer = await run_in_threadpool(judge, await read(request))
        return _json(report_to_json(answer.report))

    @router.post("/verifications/by-short-code", response_model=None)
    async def short_code(request: Request) -> Response:
        code = _short_code(await read_body(request, "application/json"))
        client = client_of(request)
        short_codes.take(client, now())
        token = await run_in_threadpool(find_short_code, code)
        if token is None:
            return _unknown()
        short_codes.give_back(client, now())
        return _status(token, look_up(token))

    @router.api_route("/verifications/{token}", methods=["GET", "HEAD"], response_model=None)
    async def link(request: Request) -> Response:
        asked = request.path_params["token"]
        if len(asked) != _TOKEN_LENGTH or not set(asked) <= _TOKEN_CHARACTERS:
            return _unknown()
        return _status(LinkToken(asked), look_up(LinkToken(asked)))

    return router


def _short_code(body: bytes) -> ShortCode:
    """The code in `{"short_code": "XXXX-XXXX-XXXX"}`.

    Raises:
        InvalidInputError: anything else (`short-code`).
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    typed = sent.get("short_code") if isinstance(sent, dict) else None
    code = typed_code(typed, SHORT_CODE_LENGTH) if isinstance(typed, str) else None
    if code is None:
        raise InvalidInputError(
            "short-code",
            vi='Cần {"short_code": "XXXX-XXXX-XXXX"}, mười hai ký tự của bảng Crockford.',
            en='Wanted is {"short_code": "XXXX-XXXX-XXXX"}, twelve characters of Crockford\'s base32.',
        )
    return ShortCode(code)


def _status(token: LinkToken, answer: LinkAnswer) -> Response:
    if answer.verdict is LinkVerdict.UNKNOWN:
        return _unknown()
    if answer.verdict is LinkVerdict.CANNOT_TELL:
        return problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            answer.verdict.value,
            vi="Lúc này chưa đọc được hồ sơ; điều đó không nói rằng hồ sơ đúng hay sai.",
            en="The record cannot be read right now; this speaks neither for nor against it.",
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        )
    return _json(_members(token, answer))


def _members(token: LinkToken, answer: LinkAnswer) -> dict[str, Any]:
    """Without the recipient: a program that has the file knows whom it is about, and one that has only the link need not."""
    facts, reason = answer.facts, answer.revocation_reason
    return {
        "token": token,
        "current_status": answer.verdict.value,
        "checked_at": _moment(answer.checked_at),
        "kind": None if answer.kind is None else answer.kind.value,
        "issuer": facts.issuer,
        "school_year": facts.school_year,
        "decision_number": facts.decision_number,
        "decided_on": None if facts.decided_on is None else facts.decided_on.isoformat(),
        "signers": [{"role": signer.role, "signed_at": _moment(signer.signed_at)} for signer in answer.signers],
        "file_sha256": answer.file_sha256,
        "revoked_at": None if answer.revoked_at is None else _moment(answer.revoked_at),
        "revocation_reason": None if reason is None else reason.value,
        "successor": answer.successor,
    }


def _unknown() -> Response:
    return problem(
        HTTPStatus.NOT_FOUND,
        LinkVerdict.UNKNOWN.value,
        vi="Chưa có hồ sơ nào được phát hành với đường dẫn hoặc mã này.",
        en="Nothing was issued with this link or code.",
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _json(members: dict[str, Any]) -> Response:
    return Response(json.dumps(members, ensure_ascii=False), media_type="application/json")
