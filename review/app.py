"""Every request: who asks, may they, with a token; then the view, in a thread.

    guard     Host, Origin, headers of every answer
    here      session's cookie -> account; role; form within its size; its token
    view      a plain function of a visit

Whatever is refused is refused here, before a view sees it; ``tests/review`` asks every page for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from casework import logins
from casework.audit import Action
from casework.roles import Account
from netra.errors import DatabaseError, NetraError, UsageError
from review.guard import Guard
from review.language import COOKIE as LANGUAGE_COOKIE
from review.language import language_of, marked
from review.office import Office
from review.page import Page
from review.render import STATIC, go, render
from review.tokens import Seal, new_session_token
from review.visit import MissingPageError, RefusedError, SentFile, Visit

SESSION_COOKIE: Final = "netra_sesi"
LOGIN, NEW_PASSWORD = "/masuk", "/sandi"
_FILES = 8
_FIELDS = 64


def make_app(office: Office, pages: Sequence[Page], hosts: Sequence[str], scheme: str = "http") -> Starlette:
    """The whole page as an ASGI application.

    Args:
        office: what it works with.
        pages: every page.
        hosts: values of the Host header that are this page.
        scheme: ``http`` or ``https``.
    """
    desk = _Desk(office, secure=scheme == "https")
    app = Starlette(
        routes=[
            *(Route(page.path, desk.endpoint(page), methods=[page.method]) for page in pages),
            Mount(STATIC, StaticFiles(directory=Path(__file__).parent / "static"), name="static"),
        ],
        middleware=[Middleware(Guard, hosts=hosts, scheme=scheme)],
        exception_handlers={HTTPException: desk.failed},
    )
    app.router.redirect_slashes = False
    return app


class _Desk:
    """Turns requests into visits and visits into answers."""

    def __init__(self, office: Office, *, secure: bool) -> None:
        self._office, self._secure, self._seal = office, secure, Seal()

    def endpoint(self, page: Page) -> Any:
        """What Starlette calls for a page."""

        async def answer(request: Request) -> Response:
            form = await _form(request, page.largest_body) if page.method == "POST" else FormData()
            files = {
                name: SentFile(value.filename or "", await value.read())
                for name, value in form.multi_items()
                if isinstance(value, UploadFile)
            }
            fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
            return await run_in_threadpool(self._answer, page, request, fields, files)

        return answer

    async def failed(self, request: Request, error: Exception) -> Response:
        """What Starlette itself refuses: no such path, a wrong method, a form that is too large or broken."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        return await run_in_threadpool(self._page_of_error, self._visit(request, {}, {}, ()), status)

    def _answer(self, page: Page, request: Request, form: Mapping[str, str], files: Mapping[str, SentFile]) -> Response:
        visit = self._visit(request, form, files, ())
        try:
            accounts = logins.account_of(self._office.database, visit.session, self._office.now)
            visit = self._visit(request, form, files, accounts)
            return self._admitted(page, visit)
        except MissingPageError:
            return self._page_of_error(visit, HTTPStatus.NOT_FOUND)
        except RefusedError as error:
            return self._page_of_error(visit, HTTPStatus.FORBIDDEN, str(error))
        except DatabaseError as error:
            return self._page_of_error(visit, HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except UsageError as error:
            return self._page_of_error(visit, HTTPStatus.BAD_REQUEST, str(error))
        except NetraError as error:
            return self._page_of_error(visit, HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    def _admitted(self, page: Page, visit: Visit) -> Response:
        if page.open:
            if not visit.session:  # a form needs a session's token, so whoever comes first gets one
                visit = replace(visit, session=new_session_token())
                if page.method == "GET":
                    return self._with_cookie(page.view(visit), visit)
        elif not visit.accounts:
            if page.method == "GET":
                return go(LOGIN, ke=visit.path if visit.path != "/" else "")
            return self._page_of_error(visit, HTTPStatus.UNAUTHORIZED)
        elif visit.account.role not in page.roles:
            return self._denied(visit, page)
        elif visit.account.must_change and page.path not in (NEW_PASSWORD, "/keluar"):
            return go(NEW_PASSWORD)
        if page.method == "POST" and not visit.seal.is_form_token(visit.session, visit.form.get("csrf", "")):
            return self._page_of_error(
                visit, HTTPStatus.FORBIDDEN, marked("Formulir ini sudah kedaluwarsa. Kembali, muat ulang, coba lagi.")
            )
        return page.view(visit)

    def _denied(self, visit: Visit, page: Page) -> Response:
        with self._office.database.begin() as connection:
            detail = {"method": page.method, "path": page.path}
            self._office.log_of(connection).append(visit.actor, Action.DENIED, detail=detail)
        return self._page_of_error(visit, HTTPStatus.FORBIDDEN, marked("Peran akun Anda tidak untuk halaman ini."))

    def _visit(
        self, request: Request, form: Mapping[str, str], files: Mapping[str, SentFile], accounts: tuple[Account, ...]
    ) -> Visit:
        return Visit(
            self._office,
            request.url.path,
            dict(request.path_params),
            dict(request.query_params),
            form,
            files,
            accounts,
            request.cookies.get(SESSION_COOKIE, ""),
            language_of(request.cookies.get(LANGUAGE_COOKIE, "")),
            self._seal,
        )

    def _with_cookie(self, answer: Response, visit: Visit) -> Response:
        set_session(answer, visit.session, secure=self._secure)
        return answer

    def _page_of_error(self, visit: Visit, status: int, why: str = "") -> Response:
        return render(visit, "error.html", int(status), code=int(status), why=why)


def set_session(answer: Response, token: str, *, secure: bool) -> None:
    """Give a browser its session's cookie; it ends with the browser, and sooner by what ``casework.logins`` says."""
    answer.set_cookie(SESSION_COOKIE, token, path="/", secure=secure, httponly=True, samesite="strict")


async def _form(request: Request, largest: int) -> FormData:
    """The form of a request.

    Raises:
        HTTPException: it does not say how large it is, is larger than it may be, or is none.
    """
    said = request.headers.get("content-length", "")
    if not said.isdecimal():
        raise HTTPException(HTTPStatus.LENGTH_REQUIRED)
    if int(said) > largest:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=largest)
