"""A joint statement is read whole, as plain text, or it is said what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from kuule.network.network_problems import NetworkError
from kuule.network.statement_texts import list_statement_ids, read_statement
from tests.network.small_network import EN, SV, make_network, write_statement


def problems(study, name="time-limits") -> list[str]:
    with pytest.raises(NetworkError) as caught:
        read_statement(study, name)
    return [str(one).partition(";")[0] for one in caught.value.problems]


def test_statement_has_a_title_and_paragraphs_in_each_language(tmp_path):
    settings = 'languages = ["en", "sv"]\nasked = ["childx"]\npublish_on = 2027-01-15\n'
    write_statement(tmp_path, "time-limits", settings, en=EN, sv=SV)
    read = read_statement(tmp_path, "time-limits")
    assert (read.source.tag, read.source.title) == ("en", "Time limits should not end before people can speak")
    assert read.source.paragraphs == ("We ask for one thing.", "And we ask it together.")
    assert (read.texts["sv"].title, read.asked, read.publish_on) == ("Preskription", ("childx",), date(2027, 1, 15))
    assert (read.is_asked("childx"), read.is_asked("radio")) == (True, False)
    assert list_statement_ids(tmp_path) == ("time-limits",)


def test_ends_of_lines_do_not_change_what_was_signed_and_everything_else_does(tmp_path):
    folder = write_statement(tmp_path, "a", 'languages = ["en"]', en=EN)
    first = read_statement(tmp_path, "a")
    (folder / "en.txt").write_bytes(EN.replace("\n", "\r\n").encode() + b"\r\n")
    assert read_statement(tmp_path, "a").mark == first.mark
    for changed in (
        EN.replace("one thing", "one  thing"),
        EN.replace("We", "we"),
        EN + "\nMore.",
        EN.replace("e", "е", 1),
    ):
        (folder / "en.txt").write_text(changed, "utf-8")
        assert read_statement(tmp_path, "a").mark != first.mark


def test_same_words_under_another_name_or_language_are_another_text(tmp_path):
    write_statement(tmp_path, "a", 'languages = ["en", "sv"]', en=EN, sv=EN)
    write_statement(tmp_path, "b", 'languages = ["en", "sv"]', en=EN, sv=EN)
    hashes = [*read_statement(tmp_path, "a").hashes.values(), *read_statement(tmp_path, "b").hashes.values()]
    assert len(set(hashes)) == 4


@pytest.mark.parametrize(
    ("settings", "text", "said"),
    [
        ("", EN, ["STUDY_102 statements/a/statement.toml, languages: the statement has no language"]),
        ('languages = ["xx"]', EN, ["STUDY_105 statements/a/statement.toml, languages: 'xx' does not fit"]),
        ('languages = ["en"]\nask = 1', EN, ["STUDY_103 statements/a/statement.toml, ask: this setting is not known"]),
        ('languages = ["en"', EN, ["NETWORK_002 statements/a/statement.toml: it is not TOML: Unclosed array"]),
        ('languages = ["en", "sv"]', EN, ["NETWORK_002 statements/a/sv.txt: there is no such file"]),
        ('languages = ["en"]', "", ["NETWORK_003 statements/a/en.txt: there is no text in it"]),
        ('languages = ["en"]', "A title", ["NETWORK_003 statements/a/en.txt: it has a title and no text"]),
        ('languages = ["en"]', "T\n\n" + "a" * 20_000, ["NETWORK_003 statements/a/en.txt: it is 3 letters too long"]),
        (
            'languages = ["en"]',
            "T\n\nWe \u202eton od\u202c agree.",
            ["NETWORK_003 statements/a/en.txt: it has characters that cannot be seen and change how the text is read"],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_file(tmp_path, settings, text, said):
    write_statement(tmp_path, "a", settings, en=text)
    found = problems(tmp_path, "a")
    assert [one[: len(wanted)] for one, wanted in zip(found, said, strict=True)] == said


def test_text_that_is_a_link_is_refused(tmp_path):
    folder = write_statement(tmp_path, "a", 'languages = ["en"]')
    (tmp_path / "elsewhere.txt").write_text(EN, "utf-8")
    (folder / "en.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert problems(tmp_path, "a") == ["NETWORK_002 statements/a/en.txt: it is a link"]


@pytest.mark.parametrize("name", ["../study", "no-such", "A", "", "."])
def test_name_that_is_none_is_said(tmp_path, name):
    [said] = problems(make_network(tmp_path), name)
    assert said.startswith("NETWORK_001")
