"""Names: one line that everybody sees, and nobody's but their own."""

from __future__ import annotations

import pytest

from tests.workbench.accounts_file import asked
from tests.workbench.workbench_for_tests import PASSWORD, Workbench

TAKEN = "Somebody has, or had, a name like this one."


@pytest.mark.parametrize(
    "given", ["Mira", "MIRA", " mira ", "Ｍira", "\u202emira", "mi\u200bra", "M-i-r-a", "the command line"]
)
def test_name_of_another_is_not_given_twice(site: Workbench, mira: str, given: str) -> None:
    visitor, link = site.visitor(), site.link("viewer", ["sv"])
    reply = visitor.join(link, "not-mira", given)
    assert (reply.status, TAKEN in reply.text) == (422, True)
    assert asked(site, "SELECT id FROM workbench_person WHERE username = 'not-mira'") == []
    member = site.member("viewer", ["sv"])
    member.get("/account")
    assert TAKEN in member.follow(member.post("/account/name", {"name": given})).text


@pytest.fixture(scope="module")
def mira(site: Workbench) -> str:
    site.visitor().join(site.link("viewer", ["sv"]), "mira-one", "Mira")
    return "Mira"


def test_name_that_somebody_had_stays_theirs(site: Workbench) -> None:
    member = site.member("viewer", ["sv"])
    member.get("/account")
    member.post("/account/name", {"name": "Once Lea"})
    member.get("/account")
    member.post("/account/name", {"name": "Now Bea"})
    assert asked(site, "SELECT count(*) FROM workbench_person WHERE name = 'Now Bea'") == [(1,)]
    other = site.visitor().join(site.link("viewer", ["sv"]), "other-lea", "once lea")
    assert (other.status, TAKEN in other.text) == (422, True)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\u202eb\x00\u2066c-%d", "abc-%d"),
        ("two\r\n lines %d", "two lines %d"),
        ("\u0646\u06cc\u200c\u0646\u0627 %d", "\u0646\u06cc\u200c\u0646\u0627 %d"),
        ("<b>%d", "<b>%d"),
    ],
)
def test_name_is_one_line_without_what_nobody_sees(site: Workbench, given: str, kept: str) -> None:
    number = len(asked(site, "SELECT id FROM workbench_person"))
    site.visitor().join(site.link("viewer", ["sv"]), f"seen-{number}", given % number)
    assert asked(site, f"SELECT name FROM workbench_person WHERE username = 'seen-{number}'") == [(kept % number,)]


@pytest.mark.parametrize("given", ["", " ", "\u2066\u202e", "...", "x" * 41])
def test_name_that_nobody_could_read_is_none(site: Workbench, given: str) -> None:
    reply = site.visitor().join(site.link("viewer", ["sv"]), "no-name-at-all", given or " ")
    assert (reply.status, "Please write a name" in reply.text) == (422, True)


def test_member_who_begins_anew_keeps_the_name(site: Workbench) -> None:
    site.visitor().join(site.link("viewer", ["sv"]), "keeps-name", "Kept Name")
    [(number,)] = asked(site, "SELECT id FROM workbench_person WHERE username = 'keeps-name'")
    site.lead.get("/people")
    link = site.lead.post(f"/people/{number}/renew").text.partition("/join/")[2][:43]
    visitor = site.visitor()
    visitor.get(f"/join/{link}")
    fields = {"name": "Kept Name", "password": PASSWORD, "again": PASSWORD}
    assert visitor.follow(visitor.post(f"/join/{link}", fields)).status == 200
    assert asked(site, "SELECT name FROM workbench_person WHERE username = 'keeps-name'") == [("Kept Name",)]
