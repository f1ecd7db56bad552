"""A member is changed: by whom, into what, what holds from then on, and each way of raising somebody that is tried."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.study.small_study import make_study
from tests.workbench.accounts_file import asked, copy_data
from tests.workbench.conftest import LINKS
from tests.workbench.translation_desk.partners import AGE, AtDesk, field, plain
from tests.workbench.workbench_for_tests import PASSWORD, Reply, Visitor, Workbench, running_workbench

_MARK = re.compile(r'name="mark" value="([^"]+)"')


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench of this module's own: leads are made and unmade in it, and texts are written."""
    place = tmp_path_factory.mktemp("changing")
    study = make_study(place / "study")
    settings = study / "study.toml"
    settings.write_text(settings.read_text("utf-8") + LINKS, "utf-8")
    with running_workbench(study, place / "data") as running:
        yield running


def newest(site: Workbench) -> int:
    """The number of whoever joined last."""
    [(number,)] = asked(site, "SELECT max(id) FROM workbench_person")
    return int(number)


@pytest.fixture(scope="module")
def coordinator(own: Workbench) -> Visitor:
    return own.member("coordinator")


def numbered(site: Workbench, somebody: Visitor) -> int:
    """The number of a member by the name on their button to sign out."""
    found = re.search(r"<bdi>([\w-]+)</bdi></span></button>", somebody.get("/account").text)
    assert found
    [(number,)] = asked(site, "SELECT id FROM workbench_person WHERE name = ?", (found[1],))
    return int(number)


_NUMBERS = count(1)


def placed(site: Workbench, role: str, *languages: str, organisation: str = "A partner") -> int:
    """Somebody of this role who joined once and does not sign in; their number."""
    assert site.lead.get("/").status == 200
    asked(site, "INSERT OR IGNORE INTO workbench_organisation (name, links) VALUES (?, '[]')", (organisation,))
    name = f"placed-{next(_NUMBERS)}"
    query = """
        INSERT INTO workbench_person
        (password, username, name, role, languages, countries, roles_before, is_active, organisation_id)
        SELECT '!', ?, ?, ?, ?, '[]', '[]', 1, id FROM workbench_organisation WHERE name = ?"""
    asked(site, query, (name, name, role, json.dumps(languages), organisation))
    return newest(site)


def standing(site: Workbench, number: int) -> tuple[str, str, str]:
    query = "SELECT role, languages, name FROM workbench_organisation o, workbench_person p WHERE"
    query = query.replace("name", "o.name").replace("WHERE", "WHERE o.id = p.organisation_id AND p.id = ?")
    [(role, languages, organisation)] = asked(site, query, (number,))
    return role, languages, organisation


def change(who: Visitor, number: int, role: str, *languages: str, organisation: str = "A partner") -> Reply:
    """Open the page that changes a member, and press the button."""
    page = who.get(f"/people/{number}/change")
    found = _MARK.search(page.text)
    fields = {"role": role, "language": languages, "organisation": organisation, "mark": found[1] if found else ""}
    return who.post(f"/people/{number}/change", fields)


def renewal(who: Visitor, number: int) -> str:
    who.get("/people")
    return "/join/" + who.post(f"/people/{number}/renew").text.partition("/join/")[2][:43]


def test_page_shows_what_the_member_is(own: Workbench) -> None:
    page = own.lead.get(f"/people/{placed(own, 'translator', 'sv', organisation='ChildX')}/change").text
    assert re.findall(r'value="([^"]*)" checked', page) == ["translator", "sv"]
    assert 'name="organisation" value="ChildX"' in page


def test_change_holds_at_once_in_a_session_that_is_open(own: Workbench) -> None:
    somebody = own.member("translator", ["sv"])
    desk, number = AtDesk(somebody), newest(own)
    open_page = desk.opens(AGE)
    assert (open_page.status, somebody.get("/translate/ar").status) == (200, 403)
    assert own.lead.follow(change(own.lead, number, "translator", "ar")).text.count("holds from now on") == 1
    assert (somebody.get("/translate/sv").status, somebody.get("/translate/ar").status) == (403, 200)
    assert desk.posts(AGE, open_page, "draft", "written on a page from before").status == 403
    assert change(own.lead, number, "viewer", "sv").status == 302
    reply = desk.posts(AGE, open_page, "draft", "written on a page from before")
    assert (reply.status, "written on a page" in (own.study / "languages/sv.po").read_text("utf-8")) == (403, False)
    assert somebody.get("/people").status == 403
    assert change(own.lead, number, "coordinator").status == 302
    assert somebody.get("/people").status == 200
    assert standing(own, number) == ("coordinator", "[]", "A partner")


def test_links_come_with_the_organisation(own: Workbench) -> None:
    somebody = own.member("viewer", ["sv"], "Without a link")
    number = newest(own)
    placed(own, "viewer", "sv", organisation="With a link")
    [(organisation,)] = asked(own, "SELECT id FROM workbench_organisation WHERE name = 'With a link'")
    own.lead.get("/people")
    own.lead.post(f"/people/organisation/{organisation}/links", {"link": "k7"})
    assert "/k7" not in somebody.get("/").text  # not "k7" alone: a token of a form may have that
    assert change(own.lead, number, "viewer", "sv", organisation="With a link").status == 302
    assert "/k7" in somebody.get("/").text


def test_audit_trail_says_what_was_changed_and_who_did_it(own: Workbench) -> None:
    number = placed(own, "translator", "sv")
    [(name,)] = asked(own, "SELECT name FROM workbench_person WHERE id = ?", (number,))
    change(own.lead, number, "reviewer", "ar", organisation="Another one")
    lines = asked(own, 'SELECT who, what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 2')
    assert lines[::-1] == [
        ("lead-one", "changed a member", f"{name}: translator to reviewer +ar -sv"),
        ("lead-one", "moved a member", f"{name}: to Another one"),
    ]
    assert (
        "Nothing was changed."
        in own.lead.follow(change(own.lead, number, "reviewer", "ar", organisation="Another one")).text
    )
    assert asked(own, 'SELECT who, what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 2') == lines


@pytest.mark.parametrize("role", ["lead", "coordinator", "translator"])
def test_nobody_changes_themselves(own: Workbench, coordinator: Visitor, role: str) -> None:
    if role == "translator":
        somebody, number = own.member(role, ["sv"]), newest(own)
    else:
        somebody = own.lead if role == "lead" else coordinator
        number = numbered(own, somebody)
    before = standing(own, number)
    mark = f"1 {role} sv" if role == "translator" else f"1 {role}"
    somebody.get("/account")
    assert somebody.get(f"/people/{number}/change").status == 403
    for into in ("lead", "coordinator", "viewer"):
        fields = {"role": into, "language": ["sv", "ar"], "organisation": "A partner", "mark": mark}
        assert somebody.post(f"/people/{number}/change", fields).status == 403
    assert standing(own, number) == before


@pytest.mark.parametrize("into", ["lead", "coordinator"])
def test_coordinator_makes_nobody_a_lead_or_a_coordinator(own: Workbench, coordinator: Visitor, into: str) -> None:
    number = placed(own, "translator", "sv")
    reply = change(coordinator, number, into)
    assert (reply.status, "Please choose a role." in reply.text) == (422, True)
    assert standing(own, number)[0] == "translator"
    assert change(coordinator, number, "reviewer", "sv", "ar").status == 302
    assert standing(own, number)[:2] == ("reviewer", '["sv", "ar"]')


@pytest.mark.parametrize("role", ["lead", "coordinator"])
def test_coordinator_does_not_touch_leads_and_coordinators(own: Workbench, coordinator: Visitor, role: str) -> None:
    number = placed(own, role)
    coordinator.get("/people")
    assert f"/people/{number}/change" not in coordinator.get("/people").text
    assert change(coordinator, number, "viewer", "sv").status == 403
    assert coordinator.post(f"/people/{number}/remove").status == 403
    assert standing(own, number)[0] == role


@pytest.mark.parametrize("way", ["change", "remove"])
def test_two_leads_who_unmake_each_other_at_once_leave_one(own: Workbench, way: str) -> None:
    pair = [(own.member("lead"), newest(own)) for _ in range(2)]
    marks = [_MARK.search(pair[one][0].get(f"/people/{pair[1 - one][1]}/change").text) for one in (0, 1)]

    def unmake(one: int) -> int:
        mark = marks[one]
        assert mark
        fields = {"role": "viewer", "language": "sv", "organisation": "A partner", "mark": mark[1]}
        return pair[one][0].post(f"/people/{pair[1 - one][1]}/{way}", fields).status

    with ThreadPoolExecutor(2) as leads:
        statuses = list(leads.map(unmake, (0, 1)))
    query = "SELECT id FROM workbench_person WHERE is_active AND role = 'lead' AND id IN (?, ?)"
    [(left,)] = asked(own, query, (pair[0][1], pair[1][1]))
    quicker = 0 if left == pair[0][1] else 1
    assert statuses[quicker] == 302
    assert statuses[1 - quicker] in {401, 403, 404}  # no session any more; not a lead any more
    assert pair[quicker][0].get("/people").status == 200


_REMOVED_MEANWHILE = """
import sys
from pathlib import Path
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.wsgi import make_application
make_application(WorkbenchOptions(study=Path(sys.argv[1]), data=Path(sys.argv[2])))
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import RequestFactory
from kuule.workbench.middleware import require_member
from kuule.workbench.models import Person
removed = Person.objects.filter(role="lead", is_active=True).latest("id")
Person.objects.filter(pk=removed.pk).update(is_active=False)
Authenticator.objects.filter(user=removed).delete()
request = RequestFactory().post("/people", {"organisation": "A partner"})
request.user, request.session = removed, {}
answer = require_member(lambda request: HttpResponse())(request)
print(answer.status_code, "A partner" in answer.content.decode())
"""


def test_who_is_removed_after_their_session_was_read_is_told_and_loses_no_words(own: Workbench, tmp_path: Path) -> None:
    """Not sent to set up a second factor, which went with the account."""
    own.member("lead")
    data = copy_data(own, tmp_path / "data")
    command = [sys.executable, "-c", _REMOVED_MEANWHILE, str(own.study), str(data)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.stdout == "401 True\n", told.stderr


def test_link_that_was_made_for_a_lower_role_does_not_open_the_higher_one(own: Workbench, coordinator: Visitor) -> None:
    """A coordinator may make a new beginning for a translator, and would hold the account once it is a lead's."""
    number = placed(own, "translator", "sv")
    link = renewal(coordinator, number)
    assert own.visitor().get(link).status == 200
    assert change(own.lead, number, "lead").status == 302
    thief = own.visitor()
    assert thief.get(link).status == 410
    assert thief.post(link, {"name": "A thief", "password": PASSWORD, "again": PASSWORD}).status in {403, 410}
    assert renewal(own.lead, number) != link  # a lead may


def test_who_is_demoted_leaves_no_link_behind_that_leads_back(own: Workbench) -> None:
    mole = own.member("coordinator")
    number = newest(own)
    mole.get("/people")
    invited = {"role": "translator", "language": ["sv"], "organisation": "A partner"}
    link = "/join/" + mole.post("/people", invited).text.partition("/join/")[2][:43]
    assert own.visitor().get(link).status == 200
    assert change(own.lead, number, "viewer", "sv").status == 302
    assert own.visitor().get(link).status == 410
    assert mole.post("/people", invited).status == 403


def test_demoted_lead_keeps_open_what_a_coordinator_may_invite_to(own: Workbench) -> None:
    second = own.member("lead")
    number = newest(own)
    links = {}
    for role in ("lead", "viewer"):
        second.get("/people")
        invited = {"role": role, "language": ["sv"], "organisation": "A partner"}
        links[role] = "/join/" + second.post("/people", invited).text.partition("/join/")[2][:43]
    assert change(own.lead, number, "coordinator").status == 302
    assert {role: own.visitor().get(link).status for role, link in links.items()} == {"lead": 410, "viewer": 200}


def test_page_that_was_open_while_somebody_else_changed_the_member_does_not_undo_it(own: Workbench) -> None:
    number = placed(own, "coordinator")
    slow = own.member("lead")
    old = _MARK.search(slow.get(f"/people/{number}/change").text)
    assert old
    assert change(own.lead, number, "viewer", "ar").status == 302
    fields = {"role": "coordinator", "organisation": "A partner", "mark": old[1]}
    reply = slow.post(f"/people/{number}/change", fields)
    assert (reply.status, "Somebody else changed this member" in reply.text) == (409, True)
    assert re.findall(r'value="([^"]*)" checked', reply.text) == ["viewer", "ar"]
    assert standing(own, number)[:2] == ("viewer", '["ar"]')


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "emperor"}, "Please choose a role."),
        ({"role": "translator"}, "Please choose at least one language"),
        ({"role": "viewer", "language": ["xx", "../sv", "en"]}, None),
        ({"role": "viewer", "language": "sv", "organisation": "\u202e"}, "Please name the organisation"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_stands_there_again(
    own: Workbench, fields: dict[str, str], said: str | None
) -> None:
    number = placed(own, "translator", "sv")
    mark = _MARK.search(own.lead.get(f"/people/{number}/change").text)
    assert mark
    reply = own.lead.post(f"/people/{number}/change", {"organisation": "A partner", "mark": mark[1], **fields})
    assert (reply.status, (said or "Please choose at least one language") in reply.text) == (422, True)
    assert standing(own, number) == ("translator", '["sv"]', "A partner")
    again = own.lead.post(
        f"/people/{number}/change",
        {"organisation": "A partner", "role": "viewer", "language": "ar", "mark": _MARK.search(reply.text)[1]},
    )
    assert again.status == 302


def test_member_who_was_removed_or_never_was_cannot_be_changed(own: Workbench) -> None:
    number = placed(own, "viewer", "sv")
    own.lead.get(f"/people/{number}/remove")
    own.lead.post(f"/people/{number}/remove")
    assert own.lead.get(f"/people/{number}/change").status == 404
    assert own.lead.post(f"/people/{number}/change", {"role": "lead"}).status == 404
    assert own.lead.get("/people/999999/change").status == 404


def test_translator_who_becomes_a_reviewer_does_not_review_their_own_translation(own: Workbench) -> None:
    first, second = own.member("translator", ["sv"]), own.member("translator", ["sv"])
    number = newest(own)
    assert AtDesk(first).does(AGE, "draft", "Hur gammal är du?").status == 302
    page = AtDesk(second).opens(AGE)
    assert field(page) == ""
    assert AtDesk(second).posts(AGE, page, "second-draft", "Vilken ålder har du?").status == 302
    assert change(own.lead, number, "reviewer", "sv").status == 302
    page = AtDesk(second).opens(AGE)
    assert "Reviewed" not in plain(page).split()
    reply = AtDesk(second).posts(AGE, page, "review", "Min egen får gälla")
    assert (reply.status, "made one of its two translations" in reply.text) == (409, True)
    reviewer = AtDesk(own.member("reviewer", ["sv"]))
    assert reviewer.does(AGE, "review", "Hur gammal är du?").status == 302
