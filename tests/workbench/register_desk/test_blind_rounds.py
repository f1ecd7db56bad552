"""The files of a round: each coder's apart, moved into the register as a whole, also when closing is broken off."""

from __future__ import annotations

import pytest

from kuule.core.problems import WorkbenchError
from kuule.register.data_model.codings import BlindCoding
from kuule.register.reading.register_folder import read_register
from kuule.register.writing.part_files import write_part
from kuule.workbench.register_desk import blind_rounds
from kuule.workbench.register_desk.blind_rounds import (
    BlindRound,
    RoundRefused,
    close_round,
    coding_files,
    find_round,
    list_rounds,
    open_round,
    own_codings,
    own_version,
    remove_coding,
    round_that_hides,
    save_coding,
)
from kuule.workbench.roles import Role
from tests.register.made_registers import TODAY, made_limit
from tests.workbench.register_desk.coders import LIMITATION, make_register, register_member

ROUND = BlindRound(id="r1", provisions=(LIMITATION,), countries=("FI",), opened_on=TODAY, opened_by="lead")


def coding(form="none", offences="all", **more):
    parts = {"country": "FI", "provision": LIMITATION, "offences": offences, "answer": made_limit(form, **more)}
    return BlindCoding.model_validate({**parts, "address": "https://example.org/act", "coded_on": TODAY})


@pytest.fixture
def folder(tmp_path):
    return make_register(tmp_path / "register")


@pytest.fixture
def data(tmp_path, folder):
    place = tmp_path / "data"
    place.mkdir()
    open_round(place, read_register(folder).register, ROUND)
    return place


def saves(data, word, one):
    save_coding(data, "r1", word, one, version=own_version(data, "r1", word))


def test_each_coder_has_a_file_of_their_own(data):
    saves(data, "coder-1", coding())
    saves(data, "coder-2", coding("court-decides"))
    saves(data, "coder-2", coding("none", "gravest"))
    assert own_codings(data, "r1", "coder-1") == (coding(),)
    assert len(own_codings(data, "r1", "coder-2")) == 2
    assert [one.coder for one in coding_files(data, "r1")] == ["coder-1", "coder-2"]


def test_a_unit_is_coded_once_by_each(data):
    saves(data, "coder-1", coding())
    saves(data, "coder-1", coding("court-decides"))
    assert own_codings(data, "r1", "coder-1") == (coding("court-decides"),)
    remove_coding(data, "r1", "coder-1", coding().unit)
    assert (own_codings(data, "r1", "coder-1"), coding_files(data, "r1")) == ((), ())


def test_an_older_page_overwrites_nothing_and_the_same_twice_is_once(data):
    older = own_version(data, "r1", "coder-1")
    saves(data, "coder-1", coding())
    save_coding(data, "r1", "coder-1", coding(), version=older)
    with pytest.raises(RoundRefused, match="another window"):
        save_coding(data, "r1", "coder-1", coding("court-decides"), version=older)
    assert own_codings(data, "r1", "coder-1") == (coding(),)


def test_closing_that_is_broken_off_leaves_the_round_open_and_is_done_again(data, folder, monkeypatch):
    saves(data, "coder-1", coding())
    saves(data, "coder-2", coding("court-decides"))
    written = []

    def fails(place, file):
        if written:
            raise OSError(28, "No space left on device")
        written.append(write_part(place, file))

    monkeypatch.setattr(blind_rounds, "write_part", fails)
    with pytest.raises(OSError, match="No space"):
        close_round(data, "r1", today=TODAY, folder=folder)
    assert find_round(data, "r1").is_open
    monkeypatch.undo()
    close_round(data, "r1", today=TODAY, folder=folder)
    found = read_register(folder).register.codings
    assert [(one.coder, one.codings) for one in found] == [
        ("coder-1", (coding(),)),
        ("coder-2", (coding("court-decides"),)),
    ]
    assert find_round(data, "r1").closed_on == TODAY


def test_a_closed_round_takes_nothing_and_is_not_closed_or_opened_again(data, folder):
    saves(data, "coder-1", coding())
    close_round(data, "r1", today=TODAY, folder=folder)
    with pytest.raises(RoundRefused, match="closed"):
        saves(data, "coder-1", coding("court-decides"))
    with pytest.raises(RoundRefused, match="closed"):
        remove_coding(data, "r1", "coder-1", coding().unit)
    with pytest.raises(RoundRefused, match="closed"):
        close_round(data, "r1", today=TODAY, folder=folder)
    with pytest.raises(RoundRefused, match="of that name"):
        open_round(data, read_register(folder).register, ROUND)


def test_the_name_of_a_round_whose_files_came_from_elsewhere_is_taken(tmp_path, data, folder):
    saves(data, "coder-1", coding())
    close_round(data, "r1", today=TODAY, folder=folder)
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(RoundRefused, match="of that name"):
        open_round(other, read_register(folder).register, ROUND)


def test_only_coders_of_its_countries_are_kept_from_its_cells_and_only_while_it_is_open(data, folder):
    def hidden(who, country="FI", provision=LIMITATION):
        return round_that_hides(list_rounds(data), who, country, provision)

    coder = register_member()
    assert (hidden(coder), hidden(coder, "SE"), hidden(coder, provision="age-of-consent")) == ("r1", "", "")
    assert hidden(register_member("coder-2", Role.CODER, "SE")) == ""
    assert [hidden(register_member(str(role), role)) for role in (Role.LEAD, Role.COORDINATOR)] == ["", ""]
    close_round(data, "r1", today=TODAY, folder=folder)
    assert hidden(coder) == ""


def test_what_is_coded_can_be_read_by_nobody_else_of_the_machine(data):
    saves(data, "coder-1", coding())
    files = [one for one in data.rglob("*") if one.is_file() and not one.name.startswith(".")]
    assert {one.stat().st_mode & 0o077 for one in files} == {0}


def test_a_damaged_file_is_named(data):
    saves(data, "coder-1", coding())
    (data / "register-rounds" / "r1" / "coder-1.json").write_text("{}", "utf-8")
    with pytest.raises(WorkbenchError, match=r"REGISTER_051 register-rounds/r1/coder-1\.json"):
        coding_files(data, "r1")
