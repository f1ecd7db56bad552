"""Invitations over the real site: once, for seven days, for one role; the link is kept nowhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workbench.accounts_file import asked, hash_of
from tests.workbench.workbench_for_tests import PASSWORD, Workbench

NOT_OPEN = "This invitation is not open"


def test_who_is_invited_joins_with_the_role_organisation_and_languages_of_the_link(site: Workbench) -> None:
    somebody = site.member("reviewer", ["sv"], "An organisation of its own")
    page = somebody.get("/").text
    assert "An organisation of its own" in page
    assert "reviewer" in page
    assert ("svenska" in page, "العربية" in page) == (True, False)


def test_link_works_once(site: Workbench) -> None:
    link = site.link("viewer", ["sv"])
    assert site.visitor().join(link, "first-one").to == "/"
    late = site.visitor()
    assert (late.get(link).status, NOT_OPEN in late.get(link).text) == (410, True)
    assert asked(site, "SELECT count(*) FROM workbench_person WHERE username = 'second-one'") == [(0,)]


def test_form_that_was_open_when_somebody_else_used_the_link_makes_nobody(site: Workbench) -> None:
    link = site.link("viewer", ["sv"])
    slow = site.visitor()
    slow.get(link)
    site.visitor().join(link, "quick-one")
    fields = {"username": "slow-one", "name": "Slow", "password": PASSWORD, "again": PASSWORD}
    assert slow.post(link, fields).status == 410
    assert asked(site, "SELECT username FROM workbench_person WHERE username LIKE '%w-one'") == []


def test_expired_invitation_is_refused(site: Workbench) -> None:
    link = site.link("viewer", ["sv"])
    past = "2026-01-01 00:00:00"
    asked(site, "UPDATE workbench_invitation SET expires = ? WHERE token_hash = ?", (past, hash_of(link)))
    reply = site.visitor().get(link)
    assert (reply.status, NOT_OPEN in reply.text) == (410, True)


def test_invitation_that_was_taken_back_is_refused(site: Workbench) -> None:
    link = site.link("viewer", ["sv"])
    [(number,)] = asked(site, "SELECT id FROM workbench_invitation WHERE token_hash = ?", (hash_of(link),))
    site.lead.get("/people")
    site.lead.post(f"/people/invitation/{number}/take-back")
    assert site.visitor().get(link).status == 410


def test_what_is_refused_looks_the_same_whatever_the_reason(site: Workbench) -> None:
    used = site.link("viewer", ["sv"])
    site.visitor().join(used, "user-of-link")
    made_up = "/join/" + "A" * 43
    assert site.visitor().get(used).text == site.visitor().get(made_up).text


def test_database_cannot_tell_the_link(site: Workbench) -> None:
    link = site.link("viewer", ["sv"])
    token = link.removeprefix("/join/").encode()
    assert asked(site, "SELECT used FROM workbench_invitation WHERE token_hash = ?", (hash_of(link),)) == [(0,)]
    assert [path.name for path in site.data.iterdir() if token in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "short one", "again": "short one"}, "at least 12 characters"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"again": "something else"}, "The two passwords are not the same."),
        ({"username": "Ö"}, "Please use 3 to 40 of a-z"),
        ({"username": "LEAD-ONE"}, "Somebody has this sign-in name already."),
        ({"name": ""}, "Please write a name"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_makes_nobody(
    site: Workbench, changed: dict[str, str], said: str
) -> None:
    assert site.lead.get("/").status == 200
    link = site.link("viewer", ["sv"])
    somebody = site.visitor()
    somebody.get(link)
    fields = {"username": "careful", "name": "Careful", "password": PASSWORD, "again": PASSWORD}
    reply = somebody.post(link, fields | changed)
    assert (reply.status, said in reply.text) == (422, True)
    kept = "Careful" if "name" not in changed else "careful"
    assert f'value="{kept}"' in reply.text
    assert PASSWORD not in reply.text
    assert asked(site, "SELECT used FROM workbench_invitation WHERE token_hash = ?", (hash_of(link),)) == [(0,)]


def test_mail_address_is_neither_asked_for_nor_kept(site: Workbench) -> None:
    assert 'type="email"' not in site.visitor().get(site.link("viewer", ["sv"])).text
    columns = {name for _, name, *_ in asked(site, "PRAGMA table_info(workbench_person)")}
    assert columns == {
        "id", "password", "username", "name", "organisation_id", "role", "languages", "countries", "roles_before",
        "language", "is_active",
    }  # fmt: skip


def test_coordinator_cannot_make_a_lead(site: Workbench) -> None:
    coordinator = site.member("coordinator")
    assert 'value="lead"' not in coordinator.get("/people").text
    reply = coordinator.post("/people", {"role": "lead", "organisation": "A partner"})
    assert (reply.status, "Please choose a role." in reply.text, "/join/" in reply.text) == (422, True, False)


def test_translator_without_a_language_is_not_invited(site: Workbench) -> None:
    site.lead.get("/people")
    reply = site.lead.post("/people", {"role": "translator", "organisation": "A partner", "language": ["xx"]})
    assert (reply.status, "Please choose at least one language" in reply.text) == (422, True)


def test_member_who_lost_everything_begins_anew_and_the_old_password_and_factor_end(site: Workbench) -> None:
    somebody = site.member("translator", ["sv"])
    [(number, username)] = asked(site, "SELECT id, username FROM workbench_person ORDER BY id DESC LIMIT 1")
    site.lead.get("/people")
    page = site.lead.post(f"/people/{number}/renew").text
    link = "/join/" + page.partition("/join/")[2][:43]
    anew = site.visitor()
    anew.get(link)
    new = "another four words here"
    assert anew.post(link, {"name": "A new name", "password": new, "again": new}).to == "/"
    assert anew.get("/").to == "/account"  # no second factor yet
    assert somebody.get("/").to == "/sign-in"  # the session of the old password
    assert asked(site, "SELECT username, role FROM workbench_person WHERE id = ?", (number,)) == [
        (username, "translator")
    ]
    assert anew.set_up_app().status == 200
    assert anew.get("/").status == 200


def test_four_who_follow_one_link_at_once_make_one_person(site: Workbench) -> None:
    link = site.link("viewer", ["sv"])
    four = [site.visitor() for _ in range(4)]
    for somebody in four:
        assert somebody.get(link).status == 200

    def accept(number: int) -> int:
        fields = {"username": f"at-once-{number}", "name": f"At once {number}", "password": PASSWORD, "again": PASSWORD}
        return four[number].post(link, fields).status

    with ThreadPoolExecutor(4) as people:
        statuses = sorted(people.map(accept, range(4)))
    assert statuses == [302, 410, 410, 410]
    assert asked(site, "SELECT count(*) FROM workbench_person WHERE username LIKE 'at-once-%'") == [(1,)]


def test_invitation_of_a_member_who_was_removed_is_not_open(site: Workbench) -> None:
    mole = site.member("coordinator")
    mole.get("/people")
    invited = {"role": "translator", "language": ["sv"], "organisation": "A partner"}
    link = "/join/" + mole.post("/people", invited).text.partition("/join/")[2][:43]
    mole.get("/account")
    mole.post("/account/name", {"name": "Another name of a mole"})
    assert site.visitor().get(link).status == 200
    [(number,)] = asked(site, "SELECT id FROM workbench_person WHERE name = 'Another name of a mole'")
    lead = site.lead
    lead.get(f"/people/{number}/remove")
    page = lead.follow(lead.post(f"/people/{number}/remove"))
    assert "made and nobody followed do not work any more: 1" in page.text
    assert site.visitor().get(link).status == 410


def test_password_that_is_too_long_is_said_as_such(site: Workbench) -> None:
    link, visitor = site.link("viewer", ["sv"]), site.visitor()
    visitor.get(link)
    long = "many words " * 20
    fields = {"username": "long-password", "name": "Long", "password": long, "again": long}
    reply = visitor.post(link, fields)
    assert (reply.status, "of up to 200 characters" in reply.text) == (422, True)
    assert "not the same" not in reply.text
