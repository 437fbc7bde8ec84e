"""The page that takes a file and says what it is worth."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from signing_service.actions.judge_upload import Upload, UploadAnswer
from signing_service.errors import InvalidInputError
from signing_service.web.fact import Words
from signing_service.web.paces import Paces, client_of
from signing_service.web.pages import Pages
from signing_service.web.upload_verdict import upload_view

ReadUpload = Callable[[Request], Awaitable[Upload]]
"""Reads a request's file into memory, within limits."""

JudgeUpload = Callable[[Upload], UploadAnswer]
"""Judges a file, waiting for its turn."""

StatusOf = Callable[[InvalidInputError], HTTPStatus]

PATH = "/kiem-tra"


def upload_routes(read: ReadUpload, judge: JudgeUpload, status_of: StatusOf, pages: Pages, paces: Paces) -> APIRouter:
    """`/kiem-tra`."""
    router = APIRouter()

    @router.api_route(PATH, methods=["GET", "HEAD"], response_model=None)
    async def page(request: Request) -> Response:
        return pages.answer(request, "upload.html", has_form=True, problem=None)

    @router.post(PATH, response_model=None)
    async def judged(request: Request) -> Response:
        paces.uploads.take(client_of(request), paces.now())
        try:
            answer = await run_in_threadpool(judge, await read(request))
        except InvalidInputError as error:
            problem = Words(error.vi, error.en)
            return pages.answer(request, "upload.html", status=status_of(error), has_form=True, problem=problem)
        return pages.answer(request, "upload-answer.html", view=upload_view(answer))

    return router
