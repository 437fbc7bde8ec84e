"""Turns a template and what it shows into an HTML answer."""

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from signing_service.web.headers import POLICY_WITH_FORM
from signing_service.web.static_files import ICON, STYLE_SHEET


class Pages:
    """The pages of one installation; `organisation` stands in the head of each."""

    def __init__(self, organisation: str) -> None:
        self._environment = Environment(
            loader=PackageLoader("signing_service.web"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"organisation": organisation, "style_sheet": STYLE_SHEET.name, "icon": ICON.name}

    def answer(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        has_form: bool = False,
        **shown: object,
    ) -> HTMLResponse:
        """The page. `request` tells only under which prefix the site stands; nothing that a stranger sent reaches a template by itself."""
        content = self._environment.get_template(template).render(root=request.scope.get("root_path", ""), **shown)
        policy = {"Content-Security-Policy": POLICY_WITH_FORM} if has_form else {}
        return HTMLResponse(content, status_code=status, headers=policy | (headers or {}))
