"""Releases at the workbench over HTTP: who sees which, what is said of each, previews and copies."""

from __future__ import annotations

import io
import re
import shutil
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kuule.releases.release_folder import write_approvals
from tests.releases.small_release import small_release, written
from tests.workbench.accounts_file import asked
from tests.workbench.release_desk.shelf import CHANGED
from tests.workbench.workbench_for_tests import Reply

REPORT = "/report/en/report.html"
SWEDISH = "/report/sv/report.html"


def words(reply: Reply) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", reply.text).split())


def test_list_says_version_day_embargo_approval_and_what_changed(filled) -> None:
    page = words(filled.desk.coordinator.get("/releases/"))
    first, second = page.index("Release 1 "), page.index("Release 1.1 ")
    assert second < first
    assert (page[second:first].count("approved by one"), page[first:].count("approved by two")) == (1, 1)
    assert "under embargo until 1 March 2999" in page[second:first]
    assert CHANGED in page[second:first]
    assert "Corrects release 1" in page[second:first]
    assert "Corrected by release 1.1" in page[first:]
    assert "may be published" in page[first:]
    assert "Given early to the press desk of a ministry" in page[first:]


def test_page_of_a_release_says_who_approved_it_who_saw_it_early_and_how_it_is_approved(filled) -> None:
    page = words(filled.desk.coordinator.get(filled.address("1")))
    for said in ("Anna Virtanen", "Bo Ek", "the press desk of a ministry", "to prepare an answer", "since 20 February"):
        assert said in page
    waiting = words(filled.desk.coordinator.get(filled.address("1.1")))
    assert "RELEASE_010" in waiting
    assert "Anna Virtanen alone approved it, and two people have to" in waiting
    assert "RELEASE_012" in waiting
    assert f'kuule release approve FOLDER --name "…" --role "…" --hash {filled.releases["1.1"].content[:12]}' in waiting
    assert "Its release.toml names nobody." in waiting


def test_approval_that_lapsed_counts_no_more_and_says_so(filled) -> None:
    found = filled.releases["1"]
    toml = found.path / "release.toml"
    toml.write_text(toml.read_text("utf-8").replace("Example: Our Voice, 2027", "Example: Our Voice"), "utf-8")
    assert filled.desk.coordinator.get(filled.address("1")).status == 404
    page = filled.desk.coordinator.get("/releases/")
    [address] = set(re.findall(r'href="(/releases/[0-9a-f]{16})">Release 1<', page.text))
    changed = words(filled.desk.coordinator.get(address))
    assert changed.count("counts no more: it was changed since") == 2
    assert "RELEASE_011" in changed


def test_roles_that_run_a_study_see_all_a_reviewer_their_language_and_others_nothing(filled) -> None:
    desk = filled.desk
    paths = ("/releases/", filled.address("1"), filled.address("1", REPORT), filled.address("1", SWEDISH))
    seen = {
        name: [getattr(desk, name).get(path).status for path in paths]
        for name in ("lead", "coordinator", "reviewer", "other", "translator", "viewer")
    }
    assert seen == {
        "lead": [200, 200, 200, 200],
        "coordinator": [200, 200, 200, 200],
        "reviewer": [200, 200, 403, 200],
        "other": [200, 200, 403, 403],
        "translator": [403, 403, 403, 403],
        "viewer": [403, 403, 403, 403],
    }
    ways = {name: '"/releases/"' in getattr(desk, name).get("/").text for name in seen}
    assert [name for name, shown in ways.items() if shown] == ["lead", "coordinator", "reviewer", "other"]


def test_only_who_runs_the_study_takes_a_copy(filled) -> None:
    statuses = [filled.downloads(who, "1", language="sv").status for who in (filled.desk.reviewer, filled.desk.viewer)]
    statuses.append(filled.desk.reviewer.get(filled.address("1", "/report/sv/report.pdf")).status)
    assert statuses == [403, 403, 403]
    assert "Download" not in filled.desk.reviewer.get(filled.address("1")).text


def test_preview_has_its_bar_runs_nothing_is_sent_under_our_headers_and_never_kept(filled) -> None:
    for version, said in (("1", "as it will be published"), ("1.1", "not published yet")):
        reply = filled.desk.coordinator.get(filled.address(version, REPORT))
        assert reply.text.count('id="kuule-preview"') == 1
        assert f"Preview at the workbench</strong>, {said}" in reply.text
        assert f'href="{filled.address(version)}"' in reply.text
        assert "<script" not in reply.text
        policy = reply.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self' 'sha256-")
        assert ("script-src" in policy, "unsafe-inline" in policy) == (False, False)
        assert policy.endswith("form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-downloads")
        assert "Content-Security-Policy" not in reply.text
        kept = (
            reply.headers["cache-control"],
            reply.headers["x-content-type-options"],
            reply.headers["referrer-policy"],
        )
        assert kept == ("no-store", "nosniff", "same-origin")


def test_report_itself_says_that_it_is_a_preview_until_it_may_be_published(filled) -> None:
    said = "A preview: these results aren't published yet. Please don't pass them on."
    found = {v: said in filled.desk.coordinator.get(filled.address(v, REPORT)).text for v in filled.releases}
    assert found == {"1": False, "1.1": True}


def test_copy_is_a_zip_of_page_and_pdf_named_after_what_it_is(filled) -> None:
    reply = filled.downloads(filled.desk.coordinator, "1.1")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/zip")
    named = 'attachment; filename="small-study-1.1-report-en-preview.zip"'
    assert (reply.headers["content-disposition"], reply.headers["cache-control"]) == (named, "no-store")
    with zipfile.ZipFile(io.BytesIO(reply.body)) as copy:
        assert copy.namelist() == ["report.html", "report.pdf"]
        assert copy.read("report.pdf").startswith(b"%PDF-")
        assert b"kuule-preview" not in copy.read("report.html")
    assert filled.downloads(filled.desk.coordinator, "1.1").body == reply.body
    final = filled.downloads(filled.desk.coordinator, "1").headers["content-disposition"]
    assert final == 'attachment; filename="small-study-1-report-en.zip"'


def test_address_of_a_download_that_is_only_opened_leads_to_the_release(filled) -> None:
    reply = filled.desk.coordinator.get(filled.address("1", "/ask"))
    assert (reply.status, reply.to) == (302, filled.address("1"))


def test_what_a_release_does_not_have_is_not_here(filled) -> None:
    lead = filled.desk.lead
    for rest in ("/report/ar/report.html", "/press/en/report.html", "/report/en/none.html", "/report/en/report.exe"):
        assert lead.get(filled.address("1", rest)).status == 404, rest
    for rest in ("/report/en/../../1/release.toml", "/report/en/%2e%2e/release.toml", "/report/en//etc/passwd"):
        assert lead.get(filled.address("1", rest)).status == 404, rest
    assert lead.get("/releases/0123456789abcdef").status == 404
    assert filled.downloads(lead, "1", "press").status == 404
    assert filled.downloads(lead, "1", language="xx").status == 404


def test_audit_trail_says_once_who_looked_and_each_time_who_took_a_copy(filled) -> None:
    site = filled.desk.site
    title = f"release 1.1 ({filled.releases['1.1'].content[:16]})"
    for _ in range(3):
        filled.desk.reviewer.get(filled.address("1.1", SWEDISH))
    before = asked(site, "SELECT count(*) FROM workbench_entry WHERE what = 'downloaded a release'")
    for _ in range(2):
        filled.downloads(filled.desk.lead, "1.1")
    [(after,)] = asked(site, "SELECT count(*) FROM workbench_entry WHERE what = 'downloaded a release'")
    assert after - before[0][0] == 2
    on = asked(site, "SELECT \"on\" FROM workbench_entry WHERE what = 'previewed a release' AND \"on\" LIKE '%sv'")
    assert on.count((f"{title}, report, sv",)) == 1
    seen = words(filled.desk.lead.get(filled.address("1.1")))
    assert re.search(r"Looked at here by [^.]*reviewer-\d+[^.]*lead-one", seen) or "lead-one" in seen


def test_second_approval_is_seen_without_a_restart_and_the_banner_goes(filled) -> None:
    """Its day would still have to come: the release is one whose day has."""
    found = filled.releases["1"]
    write_approvals(replace(found, release=replace(found.release, approvals=found.release.approvals[:1])))
    said = "A preview: these results aren't published yet."
    assert said in filled.desk.lead.get(filled.address("1", REPORT)).text
    write_approvals(found)
    assert said not in filled.desk.lead.get(filled.address("1", REPORT)).text


def test_without_releases_nobody_is_offered_any(site) -> None:
    assert '"/releases/"' not in site.lead.get("/").text
    assert [site.lead.get(path).status for path in ("/releases/", "/releases/0123456789abcdef")] == [404, 404]


def test_release_of_another_study_is_named_and_not_shown(filled) -> None:
    written(filled.desk.folder / "other")
    page = words(filled.desk.lead.get("/releases/"))
    assert f"other : it is of the study '{small_release().study}'" in page
    shutil.rmtree(filled.desk.folder / "other")


@pytest.mark.parametrize("name", ["lead", "coordinator"])
def test_folder_that_is_gone_is_said_in_words(filled, name) -> None:
    away = filled.desk.folder.with_name("away")
    filled.desk.folder.rename(away)
    try:
        reply = getattr(filled.desk, name).get("/releases/")
        assert (reply.status, "WORKBENCH_014" in reply.text) == (503, True)
        assert str(away.parent) not in reply.text
        assert getattr(filled.desk, name).get("/").status == 200
    finally:
        away.rename(filled.desk.folder)


BRIEF = {"kind": "brief", "language": "en", "country": "FI", "provision": "limitation"}


def test_brief_is_chosen_looked_at_and_downloaded(filled) -> None:
    lead = filled.desk.lead
    assert words(lead.get(filled.address("1"))).count("Brief Two pages that set what survivors say") == 1
    chosen = lead.post(filled.address("1", "/ask"), {**BRIEF, "go": "preview"})
    address = filled.address("1", "/brief/en/FI/limitation/limitation-FI.en.html")
    assert (chosen.status, chosen.to) == (302, address)
    page = lead.get(address)
    assert (page.status, page.text.count('id="kuule-preview"'), "Time to tell" in page.text) == (200, 1, True)
    copy = lead.post(filled.address("1", "/ask"), {**BRIEF, "go": "download"})
    assert copy.headers["content-disposition"].endswith('"small-study-1-brief-en-FI-limitation.zip"')
    with zipfile.ZipFile(io.BytesIO(copy.body)) as read:
        assert read.namelist() == ["limitation-FI.en.html", "limitation-FI.en.pdf"]


def test_brief_of_what_two_people_have_not_approved_is_refused_in_words(filled) -> None:
    reply = filled.desk.lead.get(filled.address("1.1", "/brief/en/FI/limitation/limitation-FI.en.html"))
    assert (reply.status, "RELEASE_010" in reply.text, "To the releases" in reply.text) == (503, True, True)
    assert str(filled.desk.folder.parent) not in reply.text


def test_brief_that_there_is_no_text_country_or_language_for_is_not_here(filled) -> None:
    lead = filled.desk.lead
    for rest in ("sv/FI/age-of-consent", "en/ZZ/limitation", "ar/FI/limitation"):
        assert lead.get(filled.address("1", f"/brief/{rest}/x.html")).status == 404, rest
    refused = filled.desk.reviewer.get(filled.address("1", "/brief/en/FI/limitation/limitation-FI.en.html"))
    assert refused.status == 403
    assert "There is no text for a brief in your languages." in words(filled.desk.reviewer.get(filled.address("1")))


def test_many_who_ask_for_the_same_at_once_have_it_made_once(filled) -> None:
    with ThreadPoolExecutor(8) as people:
        address = filled.address("1", "/page/sv/index.html")
        visitors = [replace(filled.desk.lead) for _ in range(8)]
        began = time.monotonic()
        replies = list(people.map(lambda one: one.get(address), visitors))
        took = time.monotonic() - began
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    again = time.monotonic()
    filled.desk.lead.get(filled.address("1", "/page/sv/data.html"))
    assert time.monotonic() - again < max(1, took / 2)
