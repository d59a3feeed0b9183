"""Every request: who asks, may they, with a token; then the view, in a thread.

    guard     Host, Origin, headers of every answer
    here      session's cookie -> account; role; form within its size; its token
    view      a plain function of a visit

Whatever is refused is refused here, before a view sees it; ``tests/review`` asks every page for it. A form is read
only when whoever sends it may send it, so that nobody else can make the page keep megabytes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, compile_path
from starlette.staticfiles import StaticFiles

from casework import logins
from casework.audit import Action
from casework.case_file import CaseError
from netra.errors import DatabaseError, NetraError, UsageError
from review import case_words
from review.cookies import SESSION_COOKIE, set_session
from review.guard import HEADERS, Guard
from review.language import COOKIE as LANGUAGE_COOKIE
from review.language import language_of, marked, say
from review.office import Office
from review.page import Page
from review.render import STATIC, address, go, render
from review.tokens import Seal, new_session_token
from review.visit import MissingPageError, RefusedError, SentFile, Visit

LOGIN, NEW_PASSWORD, LOGOUT = "/masuk", "/sandi", "/keluar"
_FILES = 8
_FIELDS = 1000
_LARGEST_NUMBER: Final = 2**63 - 1  # of a row


def make_app(office: Office, pages: Sequence[Page], hosts: Sequence[str], scheme: str = "http") -> Starlette:
    """The whole page as an ASGI application.

    Args:
        office: what it works with.
        pages: every page.
        hosts: values of the Host header that are this page.
        scheme: ``http`` or ``https``.
    """
    desk = _Desk(office, pages, secure=scheme == "https")
    app = Starlette(
        routes=[
            *(Route(page.path, desk.endpoint(page), methods=[page.method]) for page in pages),
            Mount(STATIC, StaticFiles(directory=Path(__file__).parent / "static"), name="static"),
        ],
        middleware=[Middleware(Guard, hosts=hosts, scheme=scheme)],
        exception_handlers={HTTPException: desk.failed, Exception: desk.broken},
    )
    app.router.redirect_slashes = False
    return app


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came with a form."""

    fields: Mapping[str, str]
    files: Mapping[str, SentFile]


class _Desk:
    """Turns requests into visits and visits into answers."""

    def __init__(self, office: Office, pages: Sequence[Page], *, secure: bool) -> None:
        self._office, self._secure, self._seal = office, secure, Seal()
        self._readable = [compile_path(page.path)[0] for page in pages if page.method == "GET"]

    def endpoint(self, page: Page) -> Any:
        """What Starlette calls for a page."""

        async def answer(request: Request) -> Response:
            visit = self._visit(request)
            admitted = await run_in_threadpool(self._tried, visit, lambda: self._admitted(page, visit))
            if isinstance(admitted, Response):
                return admitted
            if page.method == "GET":
                return await run_in_threadpool(self._tried, admitted, lambda: self._shown(page, admitted))
            sent = await _sent(request, page.largest_body)
            full = replace(admitted, form=sent.fields, files=sent.files)
            return await run_in_threadpool(self._tried, full, lambda: self._done(page, full))

        return answer

    async def failed(self, request: Request, error: Exception) -> Response:
        """What Starlette itself refuses: no such path, a wrong method, a form that is too large or broken."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        visit = self._visit(request)

        def answer() -> Response:
            return self._page_of_error(self._known(visit), status)

        return await run_in_threadpool(self._tried, visit, answer)

    async def broken(self, request: Request, error: Exception) -> Response:
        """A mistake of this program; the terminal that the page was started in has what it was."""
        del error
        language = language_of(request.cookies.get(LANGUAGE_COOKIE, ""))
        text = marked("netra: ada kesalahan di dalam program ini. Rinciannya ada di terminal tempat netra dijalankan.")
        return PlainTextResponse(say(language, text), HTTPStatus.INTERNAL_SERVER_ERROR, HEADERS)

    def _tried(self, visit: Visit, step: Callable[[], Any]) -> Any:
        """What a step gives, or the page that says why it failed."""
        try:
            return step()
        except MissingPageError:
            return self._page_of_error(visit, HTTPStatus.NOT_FOUND)
        except RefusedError as error:
            return self._page_of_error(visit, HTTPStatus.FORBIDDEN, str(error))
        except DatabaseError as error:
            return self._page_of_error(visit, HTTPStatus.SERVICE_UNAVAILABLE, error.said(visit.language))
        except CaseError as error:
            return self._page_of_error(visit, HTTPStatus.BAD_REQUEST, case_words.told(visit.language, error))
        except UsageError as error:
            return self._page_of_error(visit, HTTPStatus.BAD_REQUEST, error.said(visit.language))
        except NetraError as error:
            return self._page_of_error(visit, HTTPStatus.INTERNAL_SERVER_ERROR, error.said(visit.language))

    def _known(self, visit: Visit) -> Visit:
        return replace(visit, accounts=logins.account_of(self._office.database, visit.session, self._office.now))

    def _admitted(self, page: Page, visit: Visit) -> Visit | Response:
        """The visit of somebody who may ask for the page, or the answer to somebody who may not."""
        if any(isinstance(value, int) and value > _LARGEST_NUMBER for value in visit.params.values()):
            raise MissingPageError
        if any("\0" in text for text in (visit.path, *visit.query, *visit.query.values())):
            raise UsageError(marked("Alamat ini berisi karakter yang tidak dapat disimpan."))
        visit = self._known(visit)
        if page.open:
            return visit if visit.session else replace(visit, session=new_session_token())
        if not visit.accounts:
            if page.method == "GET":
                back = address(visit.path, {name: value for name, value in visit.query.items() if name != "pesan"})
                return go(LOGIN, ke=back if back != "/" else "")
            text = marked("Anda belum masuk, atau sesi Anda sudah berakhir. Masuklah, lalu ulangi.")
            return self._page_of_error(visit, HTTPStatus.UNAUTHORIZED, text)
        if visit.account.role not in page.roles:
            return self._denied(visit, page)
        if visit.account.must_change and page.path not in (NEW_PASSWORD, LOGOUT):
            return go(NEW_PASSWORD)
        return visit

    def _shown(self, page: Page, visit: Visit) -> Response:
        answer = page.view(visit)
        if page.open and not visit.accounts:  # a form needs a session's token, so whoever comes first gets one
            set_session(answer, visit.session, secure=self._secure)
        return answer

    def _done(self, page: Page, visit: Visit) -> Response:
        if not visit.seal.is_form_token(visit.session, visit.form.get("csrf", "")):
            raise RefusedError(marked("Formulir ini sudah kedaluwarsa. Kembali, muat ulang, coba lagi."))
        if any("\0" in text for text in (*visit.form, *visit.form.values())):
            raise UsageError(marked("Isian ini berisi karakter yang tidak dapat disimpan."))
        return page.view(visit)

    def _denied(self, visit: Visit, page: Page) -> Response:
        with self._office.database.begin() as connection:
            detail = {"method": page.method, "path": page.path}
            self._office.log_of(connection).append(visit.actor, Action.DENIED, detail=detail)
        return self._page_of_error(visit, HTTPStatus.FORBIDDEN, marked("Peran akun Anda tidak untuk halaman ini."))

    def _visit(self, request: Request) -> Visit:
        return Visit(
            self._office,
            request.url.path,
            dict(request.path_params),
            dict(request.query_params),
            session=request.cookies.get(SESSION_COOKIE, ""),
            language=language_of(request.cookies.get(LANGUAGE_COOKIE, "")),
            seal=self._seal,
            secure=self._secure,
            came_from=self._came_from(request) if request.method == "POST" else "",
        )

    def _came_from(self, request: Request) -> str:
        """The page that a form was sent from, as its Referer says; of a form that came back, the page it belongs to."""
        try:
            said = urlsplit(request.headers.get("referer", ""))
        except ValueError:
            return ""
        if said.netloc != request.headers.get("host", "") or not said.path.isprintable():
            return ""
        for path in (said.path, said.path.rpartition("/")[0]):
            if any(each.match(path) for each in self._readable):
                return f"{path}?{said.query}" if said.query and path == said.path else path
        return ""

    def _page_of_error(self, visit: Visit, status: int, why: str = "") -> Response:
        known = visit if visit.session else replace(visit, session=new_session_token())
        answer = render(known, "error.html", int(status), code=int(status), why=why)
        if not visit.session:  # the page has a form, that for the other language
            set_session(answer, known.session, secure=self._secure)
        return answer


async def _sent(request: Request, largest: int) -> _Sent:
    """The form of a request.

    Raises:
        HTTPException: it does not say how large it is, is larger than it may be, or is none.
    """
    said = request.headers.get("content-length", "")
    if not said.isdecimal():
        raise HTTPException(HTTPStatus.LENGTH_REQUIRED)
    if int(said) > largest:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    form: FormData
    async with request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=largest) as form:
        return _Sent(
            {name: value for name, value in form.multi_items() if isinstance(value, str)},
            {
                name: SentFile(value.filename or "", await value.read())
                for name, value in form.multi_items()
                if isinstance(value, UploadFile)
            },
        )
