"""One visit of a persona, in a browser without scripts, from the list of languages to the page after sending.

It reads each page as a person would, fills in the controls that it finds and presses a button named `go`. A page that
it does not understand is an error and is never skipped, because a person would be stuck there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum

from kuule.core.problems import Problem
from kuule.rehearsal.browser import Browser, LoadedPage, RehearsalError, unexpected_page
from kuule.rehearsal.html_form import PICK, ControlKind, HtmlControl, HtmlForm, UnknownControl, read_form
from kuule.rehearsal.pause_and_withdraw import pause_and_return, shown_code, withdraw_response
from kuule.rehearsal.persona import Persona

_MOST_PAGES = 500
_MOST_TRIES = 8
_FINE = frozenset({200, 422})
_LOST_ANSWERS = "//*[@id='lost']"
"""Where a page says that earlier answers were lost. A rehearsal must not go on as if nothing had happened."""

_PRACTICE = "//*[contains(concat(' ', @class, ' '), ' practice ')]"
"""Where every page of a practice edition says that it is one."""


class VisitEnding(StrEnum):
    """How a visit ended: sent, sent and withdrawn, stopped by a gate (no consent, too young), left without sending, or
    before it began, because the survey is not open yet or has ended."""

    SENT = "sent"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    AWAY = "away"
    CLOSED = "closed"


def offered_languages(browser: Browser) -> tuple[str, ...]:
    """The tags that the first page links to, sorted, so that the same seed gives the same people.

    Raises DEMO_008 unless the page says that it is for practice: personas never answer a real study.
    """
    first = browser.get("/")
    if first.status not in _FINE:
        raise unexpected_page(first, "no list of languages")
    if not first.document.xpath(_PRACTICE):
        cause, remedy = "this site does not say that it is for practice", "give the address of a practice edition"
        raise RehearsalError(Problem("DEMO_008", first.path, cause, remedy))
    links = first.document.xpath("//a[@hreflang]")
    tags = sorted({link.get("href").strip("/") for link in links if link.get("href") == f"/{link.get('hreflang')}"})
    if not tags:
        raise unexpected_page(first, "no language is offered")
    return tuple(tags)


def make_visit(
    browser: Browser, persona: Persona, today: date, came_back: Callable[[], None] = lambda: None
) -> VisitEnding:
    """Answer as `persona` until they have sent, were stopped or left. `came_back` is called when they return from a
    pause."""
    root = f"/{persona.language}"
    page = first = browser.get(root)
    tries, last_key, sent, paused = 0, "", False, False
    for _ in range(_MOST_PAGES):
        _load_all_media(browser, page)
        form = _form(page)
        if form is None:
            if page is first:
                return VisitEnding.CLOSED
            return _end(browser, persona, page, root) if sent else VisitEnding.STOPPED
        key = form.hidden_value("page").rpartition(".")[
            2
        ]  # without the edition's number, so that each edition has the same people
        tries = tries + 1 if key and key == last_key else 0
        last_key = key
        if tries > _MOST_TRIES and not (_pass_button(form) and tries < 2 * _MOST_TRIES):
            raise unexpected_page(page, f"the page {key!r} comes again whatever is answered: {_names(form)}")
        if key and persona.leaves_at(key):
            return VisitEnding.AWAY
        if key and not paused and "break" in form.go_values() and persona.pauses_at(key):
            paused, last_key = True, ""
            page = pause_and_return(browser, page, list(_posted(form, persona, "break", 0, today)), root)
            came_back()
            continue
        move = _move(form, persona, key, page, stuck=tries > _MOST_TRIES)
        sent = sent or move == "send"
        page = browser.post(form.action, list(_posted(form, persona, move, tries, today)))
    raise unexpected_page(page, f"no end after {_MOST_PAGES} pages")


def _end(browser: Browser, persona: Persona, page: LoadedPage, root: str) -> VisitEnding:
    """Withdraw the response after sending, if the page offers that and this persona does it."""
    if not (code := shown_code(page)) or not persona.withdraws():
        return VisitEnding.SENT
    withdraw_response(browser, code, root)
    return VisitEnding.WITHDRAWN


def _load_all_media(browser: Browser, page: LoadedPage) -> None:
    """Load every picture and sound of a page, so that a missing one is noticed."""
    for path in page.document.xpath("//img/@src | //audio/@src"):
        status = browser.load_media(str(path))
        if status not in _FINE:
            raise unexpected_page(page, f"{path} does not come ({status})")


def _form(page: LoadedPage) -> HtmlForm | None:
    """The form with which to go on, or None at an end. A form without a button that leads on does not count."""
    if page.status not in _FINE:
        raise unexpected_page(page, f"status {page.status}")
    try:
        form = read_form(page.document, page.path)
    except UnknownControl as unknown:
        raise unexpected_page(page, f"{unknown} is on it") from unknown
    if page.document.xpath(_LOST_ANSWERS):
        raise unexpected_page(page, "it says that earlier answers were lost")
    if form is None or not form.go_values() & {"next", "send"}:
        return None
    return form


def _move(form: HtmlForm, persona: Persona, key: str, page: LoadedPage, *, stuck: bool) -> str:
    """The button to press. A persona who cannot find an answer that fits passes the page over, if that is offered."""
    moves = form.go_values()
    if "send" in moves and "next" not in moves:
        return "send"
    if "next" not in moves:
        raise unexpected_page(page, f"it has only the buttons {', '.join(sorted(moves))}")
    if stuck and (passing := _pass_button(form)):
        return passing
    return "finish" if "finish" in moves and persona.sends_early_at(key) else "next"


def _posted(form: HtmlForm, persona: Persona, move: str, tries: int, today: date) -> Iterator[tuple[str, str]]:
    may_pass = bool(_pass_button(form))
    for control in form.controls:
        if control.kind in (ControlKind.HIDDEN, ControlKind.PICK):
            yield from ((control.name, value) for value in control.chosen)
            if control.kind is ControlKind.PICK and move == "next":
                move = PICK + persona.choose_one(item_name(control.name), control.values, tries // 2)
        else:
            yield from ((control.name, value) for value in _answer(control, persona, may_pass, tries, today))
    yield "go", move


def _pass_button(form: HtmlForm) -> str:
    """The button that goes on without an answer, or "" if there is none."""
    return next((go for go in form.go_values() if go.partition(":")[0] == "pass"), "")


def _answer(control: HtmlControl, persona: Persona, may_pass: bool, tries: int, today: date) -> tuple[str, ...]:
    """What this persona enters. When a page comes again, it may only have new follow-ups, so the first answers stay;
    when it comes yet again, they are chosen anew."""
    item = item_name(control.name)
    draw = tries // 2
    if may_pass and not draw and persona.passes_over(item):
        return ()
    if control.chosen and tries % 2:
        return control.chosen
    codes = tuple(dict.fromkeys(filter(None, control.values)))
    if control.kind is ControlKind.CHECKBOX:
        return persona.choose_several(item, codes, draw)
    if control.kind is ControlKind.SELECT and len(codes) < sum(map(bool, control.values)):
        return persona.rank_choices(item, codes, draw)
    if control.kind in (ControlKind.RADIO, ControlKind.SELECT):
        return (persona.choose_one(item, codes, draw),)
    return (_typed_answer(control, persona, item, draw, today),)


def _typed_answer(control: HtmlControl, persona: Persona, item: str, draw: int, today: date) -> str:
    """A text, or digits: one part of a date or time, else a number, a year or a day."""
    if not control.numeric:
        return persona.choose_text(item, control.max_length)
    day = persona.choose_day(item, today, draw)
    pieces = {"day": day.day, "month": day.month, "year": day.year, "hour": day.day % 24, "minute": day.month}
    if (piece := control.name.partition("~")[2]) in pieces:
        return str(pieces[piece])
    forms = (
        str(persona.choose_whole_number(item, _whole(control.low, 0), _whole(control.high, 99), draw)),
        str(day.year),
        day.isoformat(),
    )
    return forms[draw % len(forms)]


def item_name(field: str) -> str:
    """The name of the item in the name of a field: the last step of its path, without a position or the part of a
    date."""
    return field.rsplit("/", 1)[-1].split("[", 1)[0].split("~", 1)[0]


def _whole(bound: str, default: int) -> int:
    try:
        return int(float(bound))
    except ValueError:
        return default


def _names(form: HtmlForm) -> str:
    return ", ".join(control.name for control in form.controls if control.kind is not ControlKind.HIDDEN)
