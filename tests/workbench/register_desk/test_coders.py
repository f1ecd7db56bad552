"""Coders are invited to countries, changed into and out of, and keep their word in the files whatever they become."""

from __future__ import annotations

import re
import sys

import pytest

from tests.loaded.loaded_process import run_loaded
from tests.workbench.accounts_file import asked
from tests.workbench.register_desk.coders import FILLED, LIMITATION, values_of
from tests.workbench.register_desk.conftest import AtRegister
from tests.workbench.register_desk.test_pages import filled
from tests.workbench.translation_desk.partners import plain

CELL = f"FI/{LIMITATION}"
_MARK = re.compile(r'name="mark" value="([^"]*)"')


def newest(desk):
    [found] = asked(
        desk.site, "SELECT id, name, role, languages, countries FROM workbench_person ORDER BY id DESC LIMIT 1"
    )
    return found


def change(desk, number, **fields):
    page = desk.lead.visitor.get(f"/people/{number}/change")
    found = _MARK.search(page.body.decode())
    assert found
    return desk.lead.visitor.post(f"/people/{number}/change", {"mark": found[1], "organisation": "A partner", **fields})


def test_an_invitation_says_its_countries_and_binds_to_them(desk):
    link = desk.site.link("coder", countries=("SE",))
    assert "coder · SE" in plain(desk.site.visitor().get(link))
    [(what, on)] = asked(desk.site, 'SELECT what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 1')
    assert (what, on) == ("invited", "coder, A partner, SE")
    somebody = desk.site.visitor()
    somebody.join(link, "coder-of-sweden")
    somebody.set_up_app()
    assert (somebody.get("/register/SE").status, somebody.get("/register/FI").status) == (200, 403)
    assert newest(desk)[2:] == ("coder", "[]", '["SE"]')


@pytest.mark.parametrize(
    ("countries", "said"), [((), "Please choose at least one country"), (("XX",), "at least one country")]
)
def test_a_coder_without_a_country_is_not_invited(desk, countries, said):
    desk.lead.visitor.get("/people")
    fields = {"role": "coder", "country": countries, "language": "sv", "organisation": "A partner"}
    reply = desk.lead.visitor.post("/people", fields)
    assert (reply.status, said in reply.text) == (422, True)


def test_languages_are_no_matter_for_coders_nor_countries_for_others(desk):
    desk.site.member("coder", ("sv",), countries=("FI",))
    assert newest(desk)[2:] == ("coder", "[]", '["FI"]')
    desk.site.member("translator", ("sv",), countries=("FI",))
    assert newest(desk)[2:] == ("translator", '["sv"]', "[]")


def test_a_country_is_given_and_taken_by_a_change_and_the_trail_says_so(desk):
    somebody = desk.site.member("coder", countries=("FI",))
    number, name, *_ = newest(desk)
    assert change(desk, number, role="coder", country=("SE",)).status == 302
    assert (somebody.get("/register/SE").status, somebody.get("/register/FI").status) == (200, 403)
    [(what, on)] = asked(desk.site, 'SELECT what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 1')
    assert (what, on) == ("changed a member", f"{name}: +SE -FI")


def test_who_was_a_coder_confirms_and_decides_nothing_of_what_they_read(desk):
    one = AtRegister(desk.site.member("coder", countries=("FI",)))
    assert one.does(CELL, "propose", **filled()).status == 302
    word = values_of(desk.folder).values[1].coded_by
    number, *_ = newest(desk)
    assert change(desk, number, role="coordinator").status == 302
    page = one.opens(CELL)
    assert f"by {word} (you)" in plain(page)
    assert "v2 was read or disputed by you: somebody else decides about it." in page.text
    reply = one.posts(CELL, page, "decide", **{"verdict-v2": "keep", "verdict-v1": "reject", "why": "Mine is better."})
    assert (reply.status, "Somebody else decides about v2" in reply.text) == (409, True)
    assert "Mine is better." in reply.text
    assert not values_of(desk.folder).decisions


def test_the_files_name_nobody(desk):
    desk.first.does(CELL, "propose", **filled())
    desk.second.does(CELL, "confirm", value="v2")
    everything = b"".join(file.read_bytes() for file in desk.folder.rglob("*.yaml"))
    names = [name for (name,) in asked(desk.site, "SELECT username FROM workbench_person") if name != "lead-one"]
    # The tests' sign-in names begin with a role and have a number, as the words of the files do.
    assert [name for name in names if not name.startswith("coder-") and name.encode() in everything] == []
    assert set(re.findall(rb"coder-[0-9]+", everything)) == {b"coder-1", b"coder-2"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--country", "FI"), "WORKBENCH_013"),
        (("--register", "{register}"), "WORKBENCH_013"),
        (("--register", "{register}", "--country", "XX"), "WORKBENCH_013"),
        (("--register", "{register}", "--country", "FI", "--country", "SE"), ""),
    ],
)
def test_a_coder_is_invited_on_the_machine(desk, arguments, said):
    given = [one.replace("{register}", str(desk.folder)) for one in arguments]
    command = [sys.executable, "-m", "kuule.cli", "invite", str(desk.site.study), "--data", str(desk.site.data)]
    done = run_loaded([*command, "--role", "coder", *given], text=True)
    assert (done.returncode, said in done.stderr) == (1 if said else 0, True)
    assert bool(said) or "/join/" in done.stdout


def test_a_workbench_does_not_start_on_a_register_that_cannot_be_read(desk, tmp_path):
    command = [sys.executable, "-m", "kuule.cli", "workbench", str(desk.site.study), "--data", str(tmp_path / "data")]
    done = run_loaded([*command, "--register", str(tmp_path)], text=True)
    assert (done.returncode, "REGISTER_005" in done.stderr) == (78, True)


def test_seats_that_are_damaged_are_said_and_change_nobodys_place(desk):
    file = desk.site.data / "register-seats.json"
    kept = file.read_bytes()
    file.write_text("{", "utf-8")
    try:
        reply = desk.first.opens("")
        assert (reply.status, "WORKBENCH_011" in reply.text) == (503, True)
        assert desk.first.does(CELL, "propose", **FILLED).status == 503
    finally:
        file.write_bytes(kept)
    assert "you are coder-1" in plain(desk.first.opens(""))
