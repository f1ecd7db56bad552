"""After a whole run nothing of a visitor stands anywhere: no answer, no address, no time; and rows tell no order.

Visitors come with marks on everything a visitor brings. Then every file that was written, but for the dataset, is
searched (tests/journeys/scanning.py; its own test plants what it must find).
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest

from kuule.rehearsal.html_form import ControlKind, HtmlForm, read_form
from kuule.rehearsal.visitor import item_name
from kuule.sealing.envelope import SealedResponse
from kuule.store.database import configure, prepare_store
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import read_responses, save_response
from tests.journeys.house import House, free_port, open_house
from tests.journeys.scanning import needles_for, now, time_forms, traces_below, traces_in
from tests.patience import PATIENCE
from tests.report_pages import write_report
from tests.study.small_study import make_edition, write_pair

WISH = "Qmärk-71 be asked سؤال"
UNSENT = "Qmärk-72 nobody shall read"
ADDRESS = "127.0.0.77"
MARKS = {
    "wish": WISH, "unsent": UNSENT, "address": ADDRESS, "forwarded": "203.0.113.77", "real": "198.51.100.78",
    "forwarded6": "2001:db8::77", "agent": "Qbrowser-73/9", "referrer": "qreferrer-74.example", "spoken": "xq-Q75mark",
    "cookie": "Qcookie-76", "query": "Qquery-77", "path": "Qpath-78", "field": "Qfield-79", "multipart": "Qpart-80",
    "host": "qhost-81.example",
}  # fmt: skip
HEADERS = {
    "User-Agent": MARKS["agent"], "Referer": f"https://{MARKS['referrer']}/from", "Cookie": f"a={MARKS['cookie']}",
    "Accept-Language": f"{MARKS['spoken']}, en;q=0.5", "X-Forwarded-For": MARKS["forwarded"],
    "X-Real-IP": MARKS["real"], "Forwarded": f'for="[{MARKS["forwarded6"]}]"',
}  # fmt: skip
ANSWERS = {"consent": "yes", "adult": "yes"}


@dataclass
class Visitor:
    """Comes from a marked address, with marked headers, and answers little but the open question."""

    house: House
    wish: str

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, lxml.html.HtmlElement]:
        port = self.house.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(ADDRESS, 0))
        try:
            connection.request(method, path, body, {**HEADERS, **(headers or {})})
            response = connection.getresponse()
            return response.status, lxml.html.document_fromstring(response.read() or b"<p>")
        finally:
            connection.close()

    def post(self, fields: list[tuple[str, str]]) -> lxml.html.HtmlElement:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, document = self.ask("POST", "/en", urlencode(fields).encode(), kind)
        assert status in (200, 422)
        return document

    def filled(self, form: HtmlForm) -> list[tuple[str, str]]:
        fields = []
        for control in form.controls:
            item = item_name(control.name)
            if control.kind is ControlKind.HIDDEN:
                fields.append((control.name, control.chosen[0]))
            elif item == "wish":
                fields.append((control.name, self.wish))
            elif item in ANSWERS:
                fields.append((control.name, ANSWERS[item]))
        return fields

    def go_until(self, item: str) -> tuple[HtmlForm, list[tuple[str, str]]]:
        """Go on until a page asks for `item`, or to the review."""
        document = self.post([("go", "next")])
        for _ in range(80):
            form = read_form(document, "/en")
            assert form is not None, document.text_content()
            fields = self.filled(form)
            if item in {item_name(name) for name, _ in fields} or "next" not in form.go_values():
                return form, fields
            document = self.post([*fields, ("go", "next")])
        raise AssertionError(f"no page asks for {item}")


def send(house: House, wish: str) -> None:
    visitor = Visitor(house, wish)
    _, fields = visitor.go_until("wish")
    end = read_form(visitor.post([*fields, ("go", "finish")]), "/en")
    assert end is not None
    document = visitor.post([*visitor.filled(end), ("go", "review")])
    form = read_form(document, "/en")
    assert form is not None
    assert wish in document.text_content()
    assert "Thank you" in visitor.post([*visitor.filled(form), ("go", "send")]).text_content()


def leave_unsent(house: House) -> None:
    """Write, look for help (which carries what was typed), and go away."""
    visitor = Visitor(house, UNSENT)
    _, fields = visitor.go_until("wish")
    help_page = visitor.post([*fields, ("go", "help")])
    assert read_form(help_page, "/en") is not None


def come_with_all_marks(house: House) -> None:
    """What no page asks for, and what the site refuses: each answered, none of it kept."""
    visitor = Visitor(house, WISH)
    _, fields = visitor.go_until("wish")
    visitor.post([*fields, (MARKS["field"], MARKS["field"]), ("go", "next")])
    assert visitor.ask("GET", f"/en?from={MARKS['query']}")[0] == 200
    assert visitor.ask("GET", f"/{MARKS['path']}")[0] == 404
    assert visitor.ask("GET", "/en", headers={"Host": MARKS["host"]})[0] in (200, 400, 404, 421)
    part = f'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n{MARKS["multipart"]}\r\n--x--\r\n'
    status, _ = visitor.ask("POST", "/en", part.encode(), {"Content-Type": "multipart/form-data; boundary=x"})
    assert 400 <= status < 500


def row_ids(house: House) -> list[int]:
    return [sealed.row_id for sealed in kept(house)]


@dataclass(frozen=True)
class Run:
    """What a whole run left: the house, when the visits were, and the rows in the order in which they came."""

    house: House
    needles: dict[bytes, str]
    arrival: tuple[int, ...]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    temporary = folder / "temporary"
    temporary.mkdir()
    patch = pytest.MonkeyPatch()
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        patch.setenv(name, str(temporary))
    arrival: list[int] = []
    write_pair(folder / "house" / "keys")
    edition = make_edition(folder / "house")
    with open_house(House(folder / "house", edition, free_port())) as house:
        # the collector may say when it started; visits begin in a later minute than that
        time.sleep(61 - now().second if now().second > 50 else 0)
        start = now()
        for number in range(12):
            send(house, f"{WISH} {number}")
            arrival += [row for row in row_ids(house) if row not in arrival]
        leave_unsent(house)
        come_with_all_marks(house)
        end = now()
        house.dataset(house.archive())
        write_report(house.folder / "dataset", house.folder / "report.html")
    patch.undo()
    return Run(house, needles_for(MARKS) | time_forms(start, end), tuple(arrival))


def test_no_file_outside_the_dataset_holds_anything_of_a_visitor(run: Run):
    below = run.house.folder.parent
    written = {path.name for path in below.rglob("*") if path.is_file()}
    assert written >= {"collector.sqlite3", "answers.archive", "report.html", "collector.txt", "edition.json"}
    assert traces_below(below, run.needles, without=(run.house.folder / "dataset",)) == {}


def test_dataset_holds_the_answers_so_the_search_would_have_found_them(run: Run):
    [wish] = [run.house.folder / "dataset" / "open_text.parquet"]
    records = run.house.records(run.house.folder / "answers.archive")
    texts = sorted(value for record in records for path, value in record["answers"].items() if path.endswith("/wish"))
    assert texts == sorted(f"{WISH} {number}" for number in range(12))
    assert wish.stat().st_size > 0
    assert traces_in(str(records).encode(), run.needles) == {"wish (utf-8)"}


def test_unsent_answers_are_nowhere_not_even_in_the_dataset(run: Run):
    unsent = needles_for({"unsent": UNSENT})
    assert traces_below(run.house.folder.parent, unsent) == {}


def places_in(path: Path, sealed: list[SealedResponse]) -> list[int]:
    """Row ids in the order in which their envelopes stand in a file."""
    content = path.read_bytes()
    places = {one.row_id: content.find(one.envelope) for one in sealed}
    assert -1 not in places.values()
    return sorted(places, key=places.__getitem__)


def kept(house: House) -> list[SealedResponse]:
    configure(house.database)
    return list(read_responses(house.edition.id))


def test_places_in_the_archive_are_those_of_the_random_ids(run: Run):
    found = places_in(run.house.folder / "answers.archive", kept(run.house))
    assert found == sorted(run.arrival)
    assert found != list(run.arrival)


def test_places_in_the_database_are_the_same_whatever_the_order_of_arrival(run: Run, tmp_path: Path):
    sealed = kept(run.house)
    found = places_in(run.house.folder / "collector.sqlite3", sealed)
    assert len(found) == len(run.arrival) == 12
    other = tmp_path / "other.sqlite3"
    configure(f"sqlite:///{other}")
    prepare_store(new=True)
    by_id = {one.row_id: one for one in sealed}
    for row in reversed(run.arrival):
        save_response(by_id[row])
    assert places_in(other, sealed) != found, "before it is rewritten, a file does tell the order"
    rewrite_store()
    assert places_in(other, sealed) == found
