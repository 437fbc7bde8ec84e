"""The page for the short code (mã tra cứu) on the paper: typed, posted, and answered with the way to the link's page."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from signing_service.actions.typed_codes import typed_code
from signing_service.ids import LinkToken, ShortCode
from signing_service.web.fact import Words
from signing_service.web.forms import read_form
from signing_service.web.paces import Paces, client_of
from signing_service.web.pages import Pages

FindShortCode = Callable[[ShortCode], LinkToken | None]
"""The link of an issued document, or None."""

PATH = "/ma-tra-cuu"
LENGTH = 12

_NO_CODE = Words(
    "Mã tra cứu có 12 chữ và số, chia ba nhóm, in ngay dưới mã QR. Hãy xem lại từng ký tự.",
    "The code has 12 letters and digits in three groups and stands below the QR code. Look at each character again.",
)
_UNKNOWN = Words(
    "Chúng tôi chưa phát hành hồ sơ nào có mã này. Hãy xem lại từng ký tự; nếu đã đúng, đừng dựa vào tờ giấy và hãy hỏi nhà trường.",
    "We have issued nothing with this code. Look at each character again; if it is right, do not rely on the paper, and ask the school.",
)


def short_code_routes(find: FindShortCode, pages: Pages, paces: Paces) -> APIRouter:
    """`/ma-tra-cuu`."""
    router = APIRouter()

    def form(request: Request, problem: Words | None, status: HTTPStatus) -> Response:
        return pages.answer(request, "short-code.html", status=status, has_form=True, problem=problem)

    @router.api_route(PATH, methods=["GET", "HEAD"], response_model=None)
    async def page(request: Request) -> Response:
        return form(request, None, HTTPStatus.OK)

    @router.post(PATH, response_model=None)
    async def asked(request: Request) -> Response:
        code = typed_code((await read_form(request)).get("code", ""), LENGTH)
        if code is None:
            return form(request, _NO_CODE, HTTPStatus.BAD_REQUEST)
        client = client_of(request)
        paces.short_codes.take(client, paces.now())
        token = await run_in_threadpool(find, ShortCode(code))
        if token is None:
            return form(request, _UNKNOWN, HTTPStatus.NOT_FOUND)
        paces.short_codes.give_back(client, paces.now())
        # See other, RFC 9110, 15.4.4: the code stays in the body, and reloading asks for the link.
        return RedirectResponse(f"{request.scope.get('root_path', '')}/v/{token}", HTTPStatus.SEE_OTHER)

    return router
