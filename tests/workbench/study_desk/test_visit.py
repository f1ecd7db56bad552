"""Going through the questionnaire at the lead's desk: step by step, in any language, also one that is only tried; and
nothing of it stays anywhere."""

from __future__ import annotations

import os
import re
import signal
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from tests.study.small_study import FORM
from tests.workbench.accounts_file import asked
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.study_desk.questionnaires import workbook
from tests.workbench.workbench_for_tests import Reply, Visitor

PAGES = "/study/visit/pages/"
TYPED = "A sentence that is nowhere else, 7c1f."
HOSTILE = '<script>alert(1)</script><a href="/people">x</a><style>*{display:none}</style>'
_CARRIED = re.compile(r'<input type="hidden" name="(token|page)" value="([^"]*)"')
_ADDRESSES = re.compile(r'\s(?:href|action|src|formaction)="(/[^"]*)"')


@dataclass
class Visit:
    """One visit of a browser. `page` is what it saw last."""

    who: Visitor
    pages: str = PAGES
    tag: str = "en"
    page: Reply | None = None

    def begins(self) -> Visit:
        self.page = self.who.get(f"{self.pages}{self.tag}")
        assert self.page.status == 200, self.page.text
        self.page = self.who.post(f"{self.pages}{self.tag}", {"go": "next"})
        return self

    def presses(self, go: str, **answers: str) -> Visit:
        assert self.page is not None
        carried = dict(_CARRIED.findall(self.page.text))
        fields = {name: value for name, value in answers.items() if not name.startswith("_")}
        named = {self.field(name): value for name, value in fields.items()}
        self.page = self.who.post(f"{self.pages}{self.tag}", {**carried, **named, "go": go})
        return self

    def field(self, name: str) -> str:
        assert self.page is not None
        found = re.search(rf'name="([^"]*/{name})"', self.page.text)
        assert found, self.page.text
        return found[1]

    def sees(self, *words: str) -> bool:
        assert self.page is not None
        return all(word in self.page.text for word in words)


def to_the_branch(who: Visitor, pages: str = PAGES) -> Visit:
    visit = Visit(who, pages).begins()
    visit.presses("next", consent="yes").presses("next", adult="yes")
    return visit.presses("next", age_band="18_to_34", residence="FI").presses("next", years="7")


def files_of(desk: LeadDesk) -> set[Path]:
    """What is in the folder of the accounts, but for what SQLite has beside its file while somebody writes."""
    return {path for path in desk.site.data.rglob("*") if not path.name.endswith(("-wal", "-shm", "-journal"))}


def rows(desk: LeadDesk) -> dict[str, int]:
    """How many rows each table of the accounts has."""
    names = [name for (name,) in asked(desk.site, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {str(name): int(asked(desk.site, f'SELECT count(*) FROM "{name}"')[0][0]) for name in names}


def test_visit_branches_goes_back_and_ends_and_nothing_of_it_stays(desk: LeadDesk) -> None:
    Visit(desk.lead).begins()  # the process is there, with its folder
    files, tables = files_of(desk), rows(desk)
    visit = to_the_branch(desk.lead)
    assert visit.sees("What would you like to do?", "Practice, not real answers.", "Nothing typed here is kept.")
    assert visit.presses("next", way="pass").sees("What should change?")
    assert visit.presses("back").sees("What would you like to do?")
    assert visit.presses("next", way="go_on").sees("Where did it happen?")
    assert visit.presses("next", place="home").sees("How often did it happen?")
    assert visit.presses("next", how_often="once").sees("What should change?")
    assert visit.presses("next", wish=TYPED).sees('value="send')
    assert visit.presses("review").sees(TYPED)
    assert visit.presses("send").sees("Thank you")
    assert (files_of(desk), rows(desk)) == (files, tables)
    kept = [path for path in (*files, *Path(tempfile.gettempdir()).glob("kuule-visit-*/**/*")) if path.is_file()]
    assert [path for path in kept if TYPED.encode() in path.read_bytes()] == []


def test_questionnaire_that_is_tried_is_gone_through_before_it_is_taken(desk: LeadDesk) -> None:
    before = desk.form.read_bytes()
    desk.lead.get("/study/questionnaire")
    tried = workbook(FORM.replace("Do you want to take part?", HOSTILE))
    sent = desk.lead.send_file("/study/questionnaire", "form", "form.xlsx", tried).to
    address = sent.replace("/study/questionnaire/", "/study/visit/")
    page = desk.lead.get(address)
    assert "This is the questionnaire that was sent." in page.text
    visit = Visit(desk.lead, f"{address}/pages/").begins()
    assert visit.page is not None
    assert visit.sees(HOSTILE)  # as words
    assert [mark for mark in ("<script", "<style", "<a href") if mark in visit.page.body.decode()] == []
    own = Visit(desk.lead).begins()
    assert own.sees("Do you want to take part?")
    assert desk.form.read_bytes() == before


def test_pages_of_a_visit_reach_nothing_else_of_the_site(desk: LeadDesk) -> None:
    visit = Visit(desk.lead).begins()
    assert visit.page is not None
    policy = visit.page.headers["content-security-policy"]
    own = f"http://localhost:{desk.site.port}{PAGES}"
    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none';"
        f" form-action {own}; frame-ancestors 'self'; sandbox allow-forms allow-same-origin"
    )
    addresses = _ADDRESSES.findall(visit.page.body.decode())
    assert addresses
    assert [one for one in addresses if not one.startswith(PAGES)] == []
    assert [name for name in visit.page.headers if "cookie" in name] == []
    around = desk.lead.get("/study/visit")
    assert f"frame-src {own};" in around.headers["content-security-policy"]
    assert 'sandbox="allow-forms allow-same-origin"' in around.text
    for address in ("preview", "preview/changes", "people", "../../people"):
        assert desk.lead.get(f"{PAGES}{address}").status == 404, address
    style = next(one for one in addresses if one.endswith("marks.css"))
    assert desk.lead.get(style).headers["content-type"].startswith("text/css")
    assert "nowhere else" in desk.lead.get(f"{PAGES}preview/left").text


def test_visit_is_for_members_who_see_the_desk(desk: LeadDesk) -> None:
    assert desk.coordinator.get("/study/visit").status == 200
    translator = desk.site.member("translator", ["sv"])
    assert [translator.get(path).status for path in ("/study/visit", f"{PAGES}en")] == [403, 403]
    assert desk.site.visitor().get(f"{PAGES}en").to.startswith("/sign-in")
    assert desk.site.visitor().post(f"{PAGES}en", {"go": "next"}).status == 401


def test_leads_visit_at_once_each_in_their_language(desk: LeadDesk) -> None:
    who = [replace(desk.lead, cookies=dict(desk.lead.cookies)) for _ in range(4)]
    visits = [Visit(one, tag=tag) for one, tag in zip(who, ("en", "sv", "en", "sv"), strict=True)]
    with ThreadPoolExecutor(4) as all_of_them:
        begun = list(all_of_them.map(Visit.begins, visits))
    pages = [one.page for one in begun if one.page is not None]
    assert [re.findall(r'<html lang="([^"]+)"', page.text) for page in pages] == [["en"], ["sv"], ["en"], ["sv"]]


def test_visit_goes_on_when_its_process_ended_and_when_the_questionnaire_was_mended(desk: LeadDesk) -> None:
    visit = to_the_branch(desk.lead)
    assert end_visits(desk.site.process) > 0
    assert visit.presses("next", way="go_on").sees("Where did it happen?")
    before = desk.form.read_bytes()
    desk.form.write_bytes(b"no workbook")
    assert end_visits(desk.site.process) > 0
    reply = desk.lead.get(f"{PAGES}en")
    assert (reply.status, "The questionnaire can't be shown" in reply.text) == (503, True)
    desk.form.write_bytes(before)
    assert desk.lead.get(f"{PAGES}en").status == 200
    assert desk.lead.get(f"{PAGES}xx").status == 404


def processes_of(site: int) -> list[tuple[int, str]]:
    """The processes of this site with their commands: itself, its worker, and what that started."""
    above: dict[int, tuple[int, str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text("utf-8").partition(" (")
            above[int(number)] = (
                int(rest.rpartition(") ")[2].split()[1]),
                stat.with_name("cmdline").read_text("utf-8"),
            )
        except OSError:
            continue  # it ended meanwhile
    workers = {one for one, (parent, _) in above.items() if parent == site} | {site}
    return [(one, command) for one, (parent, command) in above.items() if one in workers or parent in workers]


def end_visits(site: int) -> int:
    """End the processes in which this site shows visits, as a machine without memory would. Returns how many."""
    found = [one for one, command in processes_of(site) if "visit_process" in command]
    for one in found:
        os.kill(one, signal.SIGKILL)
    return len(found)


def test_visit_is_gone_through_before_the_survey_opens(desk: LeadDesk) -> None:
    """A pretest comes months before the first day. The page of a survey that is not open yet would be all there is."""
    with (desk.site.study / "study.toml").open("a", encoding="utf-8") as file:
        file.write('\n[field_period]\nopens = 2050-03-01\n[field_period.soft_launch]\nlanguages = ["sv"]\n')
    assert to_the_branch(desk.lead).sees("What would you like to do?")
