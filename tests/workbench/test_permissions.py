"""Every role at every address of the workbench, over the real site."""

from __future__ import annotations

import http.client

import pytest

from tests.patience import PATIENCE
from tests.workbench.accounts_file import asked
from tests.workbench.workbench_for_tests import Visitor, Workbench

ROLES = ("coordinator", "translator", "reviewer", "viewer")
Members = dict[str, Visitor]
RUNNING = ("/people", "/audit", "/archive")
OWN = ("/", "/account", "/account/codes")


@pytest.fixture(scope="module")
def members(site: Workbench) -> dict[str, Visitor]:
    return {role: site.member(role, [] if role == "coordinator" else ["sv"]) for role in ROLES}


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_open_or_closed_by_role(members: dict[str, Visitor], role: str) -> None:
    found = {path: members[role].get(path).status for path in (*OWN, *RUNNING)}
    assert found == {path: 200 if role == "coordinator" or path in OWN else 403 for path in found}


@pytest.mark.parametrize("role", ["translator", "reviewer", "viewer"])
def test_who_does_not_run_the_study_changes_nothing(site: Workbench, members: dict[str, Visitor], role: str) -> None:
    before = asked(site, "SELECT (SELECT count(*) FROM workbench_invitation), (SELECT count(*) FROM workbench_entry)")
    member = members[role]
    member.get("/account")
    for path, fields in (
        ("/people", {"role": "viewer", "organisation": "A partner", "language": "sv"}),
        ("/people/1/renew", {}),
        ("/people/1/remove", {}),
        ("/people/organisation/1/links", {"link": "k7"}),
        ("/link/k7", {"on": "no"}),
        ("/archive", {"edition": "00000000"}),
    ):
        assert member.post(path, fields).status == 403
    after = asked(site, "SELECT (SELECT count(*) FROM workbench_invitation), (SELECT count(*) FROM workbench_entry)")
    assert after == before


def test_coordinator_cannot_renew_or_remove_a_lead(site: Workbench, members: dict[str, Visitor]) -> None:
    [(lead,)] = asked(site, "SELECT id FROM workbench_person WHERE username = 'lead-one'")
    members["coordinator"].get("/people")
    assert members["coordinator"].post(f"/people/{lead}/renew").status == 403
    assert members["coordinator"].post(f"/people/{lead}/remove").status == 403
    assert site.lead.get("/").status == 200


def test_nobody_removes_themselves(site: Workbench) -> None:
    site.lead.get("/people")  # who has joined by then, whatever ran before
    [(lead,)] = asked(site, "SELECT id FROM workbench_person WHERE username = 'lead-one'")
    assert site.lead.post(f"/people/{lead}/remove").status == 403


def test_member_sees_its_own_languages_and_links_only(site: Workbench) -> None:
    somebody = site.member("viewer", ["ar"], "Owner of a link")
    assert ("/k7" in somebody.get("/").text, "Your organisation has no link yet" in somebody.get("/").text) == (
        False,
        True,
    )
    [(number,)] = asked(site, "SELECT id FROM workbench_organisation WHERE name = 'Owner of a link'")
    site.lead.get("/people")
    site.lead.post(f"/people/organisation/{number}/links", {"link": ["m3", "zz9"]})
    page = somebody.get("/").text
    assert ("https://survey.example.org/m3" in page, "/k7" in page) == (True, False)
    assert ("العربية" in page, "svenska" in page) == (True, False)
    assert asked(site, "SELECT links FROM workbench_organisation WHERE id = ?", (number,)) == [('["m3"]',)]


def test_headers_let_in_nothing_from_elsewhere(site: Workbench) -> None:
    headers = site.lead.get("/").headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self';"
        " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert (headers["server"], headers["referrer-policy"]) == ("", "same-origin")


def test_study_that_cannot_be_read_is_said_in_words_and_mended_without_a_restart(site: Workbench) -> None:
    settings = site.study / "study.toml"
    kept = settings.read_bytes()
    assert site.lead.get("/").status == 200
    settings.write_text("id = ", "utf-8")
    try:
        reply = site.lead.get("/")
        assert (reply.status, "STUDY_101" in reply.text, "write a text between" in reply.text) == (503, True, True)
    finally:
        settings.write_bytes(kept)
    assert site.lead.get("/").status == 200


def test_other_host_names_are_not_answered(site: Workbench) -> None:
    visitor = site.visitor()
    visitor.host = "elsewhere.example.org"
    assert visitor.get("/sign-in").status == 400


def test_language_that_cannot_be_read_closes_no_page_of_the_others(
    site: Workbench, members: dict[str, Visitor]
) -> None:
    file = site.study / "languages" / "sv.po"
    kept = file.read_bytes()
    file.write_text('msgid "broken', "utf-8")
    try:
        reply = site.lead.get("/")
        assert (reply.status, "can't be read right now" in reply.text, "k7" in reply.text) == (200, True, True)
        assert "LANG_" in reply.text
        assert site.lead.get("/people").status == 200
        assert site.lead.get("/translate/ar").status == 200
        looks = members["viewer"].get("/")
        assert (looks.status, "can't be read right now" in looks.text, "LANG_" in looks.text) == (200, True, False)
    finally:
        file.write_bytes(kept)
    assert "can't be read" not in site.lead.get("/").text


@pytest.mark.parametrize("charset", ["punycode", "rot13", "unicode_escape", "utf-16", "no-such"])
def test_charset_that_a_request_names_is_not_believed_and_breaks_nothing(site: Workbench, charset: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    line.request("POST", "/sign-in?next=/people", "login=a", {"Host": f"localhost:{site.port}", "Content-Type": kind})
    assert line.getresponse().status == 403  # a form without the token of its page
    line.close()
    test_log_knows_nobody(site)


def test_log_knows_nobody(site: Workbench) -> None:
    talk = site.data.with_name("data.talk").read_text()
    assert talk == f"the workbench is at {site.url} (127.0.0.1:{site.port}); Ctrl-C stops\n"
