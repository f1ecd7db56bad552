"""Coming back in a rehearsal, by nothing but what stands on the paper: a pause and its code, and taking back."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.rehearsal.browser import Browser, LoadedPage, unexpected_page
from kuule.rehearsal.html_form import ControlKind, HtmlForm, read_form

_CODE = "//p[contains(concat(' ', @class, ' '), ' twenty ')]//bdi"
_PAGE_KEY = "//input[@name='page']/@value"


def shown_code(seen: LoadedPage) -> str:
    """The code that a page shows, or ""."""
    return "".join(element.text_content() for element in seen.document.xpath(_CODE)).strip()


def pause_and_return(browser: Browser, seen: LoadedPage, posted: Sequence[tuple[str, str]], root: str) -> LoadedPage:
    """Rest on a page with `posted`, pause, and go on by the code, as from another browser: the page as it comes again.

    Where pausing is not offered, the rest is all, and the page comes again after it.
    """
    rest = browser.post(root, posted)
    if "pause" not in _form(rest).go_values():
        return _press(browser, rest, "return")
    paused = _press(browser, rest, "pause")
    if not (code := shown_code(paused)):
        raise unexpected_page(paused, "it gives no code")
    back = _press(browser, browser.get(f"{root}/resume"), "open", code)
    if back.document.xpath(_PAGE_KEY) != seen.document.xpath(_PAGE_KEY):
        raise unexpected_page(back, "the code does not lead to where the visit was paused")
    return back


def withdraw_response(browser: Browser, code: str, root: str) -> None:
    """Take back what was sent under a code; a page that asks for the code again has not done it."""
    done = _press(browser, browser.get(f"{root}/withdraw"), "withdraw", code)
    if read_form(done.document, done.path) is not None:
        raise unexpected_page(done, "the code that was given does not take anything back")


def _press(browser: Browser, seen: LoadedPage, go: str, code: str = "") -> LoadedPage:
    """Press a button of a page; `code` is typed into its field for text, where it has one."""
    form = _form(seen)
    if go not in form.go_values():
        raise unexpected_page(seen, f"it has no button {go!r}")
    fields = [(one.name, one.chosen[0]) for one in form.controls if one.kind is ControlKind.HIDDEN]
    fields += [(one.name, code) for one in form.controls if one.kind is ControlKind.TEXT]
    return browser.post(form.action, [*fields, ("go", go)])


def _form(seen: LoadedPage) -> HtmlForm:
    form = read_form(seen.document, seen.path)
    if form is None:
        raise unexpected_page(seen, "there is nothing to press on it")
    return form
