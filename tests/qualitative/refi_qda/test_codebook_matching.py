"""Codes of a file are found in the project by GUID, by place and name, or by a name that one code has."""

from __future__ import annotations

from kuule.qualitative.act_log.act_making import make_act
from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project_model.acts import Act
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.qualitative.refi_qda.codebook_matching import codes_to_write, exchanged_codes, match_codebook
from kuule.qualitative.refi_qda.exchange_guids import guid_of_id, read_guid
from kuule.qualitative.refi_qda.exchanged_project import ExchangedCode
from tests.qualitative.small_project import DAY

HELP, SCHOOL, HOME, SILENCE = (letter * 32 for letter in "abcd")
GUIDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(9)]


def tree_of(*entries: CodeEntry) -> CodeTree:
    log = ActLog()
    for entry in entries:
        log.add(make_act(log, entry, role="lead", day=DAY))
    return CodeTree.from_log(log)


def test_a_program_that_gives_new_guids_keeps_names_and_places() -> None:
    tree = tree_of(
        CodeEntry(HELP, "Help"),
        CodeEntry(SCHOOL, "School", HELP),
        CodeEntry(HOME, "Home"),
        CodeEntry(SILENCE, "School", HOME),
    )
    codes = (
        ExchangedCode(GUIDS[0], "HOME"),
        ExchangedCode(GUIDS[1], " school", GUIDS[0]),
        ExchangedCode(GUIDS[2], "Help"),
        ExchangedCode(GUIDS[3], "School", GUIDS[2]),
    )
    match = match_codebook(tree, codes)
    assert [match.ids[guid] for guid in GUIDS[:4]] == [HOME, SILENCE, HELP, SCHOOL]
    assert match.added == ()


def test_a_heading_that_a_program_moved_to_the_top_is_found_by_its_name() -> None:
    """QualCoder has no heading below a code."""
    tree = tree_of(
        CodeEntry(HELP, "Help"), CodeEntry(SCHOOL, "School", HELP, codable=False), CodeEntry(HOME, "Home", SCHOOL)
    )
    codes = (ExchangedCode(GUIDS[0], "School", codable=False), ExchangedCode(GUIDS[1], "Home", GUIDS[0]))
    match = match_codebook(tree, codes)
    assert [match.ids[guid] for guid in GUIDS[:2]] == [SCHOOL, HOME]
    assert match.differing == {"place in the tree": 1}


def test_a_name_that_several_codes_have_is_none_of_them() -> None:
    tree = tree_of(
        CodeEntry(HELP, "Help"),
        CodeEntry(SCHOOL, "Other", HELP),
        CodeEntry(HOME, "Home"),
        CodeEntry(SILENCE, "Other", HOME),
    )
    match = match_codebook(tree, (ExchangedCode(GUIDS[0], "Other"),))
    assert [entry.code for entry in match.added] == [GUIDS[0].replace("-", "")]


def test_codes_above_each_other_are_written_at_the_top() -> None:
    """Two copies moved each below the other."""
    log = ActLog()
    for number, entry in enumerate((CodeEntry(HELP, "Help", SCHOOL), CodeEntry(SCHOOL, "School", HELP)), 1):
        log.add(Act(f"{number:032x}", number, "lead", DAY, entry))
    tree = CodeTree.from_log(log)
    written = exchanged_codes(tree, codes_to_write(tree, frozenset()), {})
    assert [(one.guid, one.parent) for one in written] == [(guid_of_id(HELP), None), (guid_of_id(SCHOOL), None)]
    assert match_codebook(tree, written).differing == {}


def test_guids_are_compared_in_one_form() -> None:
    assert read_guid("{ABCDEF00-0000-4000-8000-000000000001}") == "abcdef00-0000-4000-8000-000000000001"
    assert [read_guid(one) for one in (None, "", "abcdef00000040008000000000000001", "code-1", "{}")] == [None] * 5
