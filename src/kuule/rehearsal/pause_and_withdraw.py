"""How a persona comes back, with nothing but what a page says: pausing and returning by a code, and withdrawing."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.rehearsal.browser import Browser, LoadedPage, unexpected_page
from kuule.rehearsal.html_form import ControlKind, HtmlForm, read_form

_CODE = "//p[contains(concat(' ', @class, ' '), ' twenty ')]//bdi"
_PAGE_KEY = "//input[@name='page']/@value"


def shown_code(page: LoadedPage) -> str:
    """The code that a page shows, or ""."""
    return "".join(element.text_content() for element in page.document.xpath(_CODE)).strip()


def pause_and_return(browser: Browser, page: LoadedPage, posted: Sequence[tuple[str, str]], root: str) -> LoadedPage:
    """Leave a page for a break with `posted`, pause, and return by the code as from another browser.

    Returns the page as it comes again. If pausing is not offered, only the break happens.
    """
    rest = browser.post(root, posted)
    if "pause" not in _form(rest).go_values():
        return _press(browser, rest, "return")
    paused = _press(browser, rest, "pause")
    if not (code := shown_code(paused)):
        raise unexpected_page(paused, "it gives no code")
    back = _press(browser, browser.get(f"{root}/resume"), "open", code)
    if back.document.xpath(_PAGE_KEY) != page.document.xpath(_PAGE_KEY):
        raise unexpected_page(back, "the code does not lead to where the visit was paused")
    return back


def withdraw_response(browser: Browser, code: str, root: str) -> None:
    """Withdraw what was sent under a code. A page that asks for the code again has not done it."""
    done = _press(browser, browser.get(f"{root}/withdraw"), "withdraw", code)
    if read_form(done.document, done.path) is not None:
        raise unexpected_page(done, "the code that was given does not take anything back")


def _press(browser: Browser, page: LoadedPage, go: str, code: str = "") -> LoadedPage:
    """Press a button of a page. `code` is typed into its text field, if it has one."""
    form = _form(page)
    if go not in form.go_values():
        raise unexpected_page(page, f"it has no button {go!r}")
    fields = [(one.name, one.chosen[0]) for one in form.controls if one.kind is ControlKind.HIDDEN]
    fields += [(one.name, code) for one in form.controls if one.kind is ControlKind.TEXT]
    return browser.post(form.action, [*fields, ("go", go)])


def _form(page: LoadedPage) -> HtmlForm:
    form = read_form(page.document, page.path)
    if form is None:
        raise unexpected_page(page, "there is nothing to press on it")
    return form
