"""Everything is said at once, from every part of the folder, and quickly."""

import re
from collections import Counter
from datetime import date

import pytest

from kuule.core.conflict_marks import conflict_cause
from kuule.core.problems import Severity
from kuule.languages.workflow.states import State
from kuule.usecases.authoring.check_study import check_study_folder
from tests.study.reading import check_study
from tests.study.small_study import FORM, SETTINGS, make_edition, make_study

AGE = "form:/data/about/page_about/age_band:label"


def errors(study, against=None):
    return [
        (problem.code, problem.place) for problem in check_study(study, against) if problem.severity is Severity.ERROR
    ]


def test_small_study_has_no_error(tmp_path):
    assert errors(make_study(tmp_path)) == []


def test_problems_of_every_part_are_said_at_once(tmp_path):
    study = make_study(
        tmp_path,
        texts={"sv": {AGE: "Se https://evil.example"}},
        report="{{ base nothing }}\n",
        support="country,name,kind,phone\nXX,A line,survivor,1\n",
        settings=SETTINGS.replace('open_text = ["wish"]', "open_text = []"),
    )
    assert errors(study) == [
        ("STUDY_202", "support.csv, line 2"),
        ("STUDY_312", "form.md, survey, row 32"),
        ("STUDY_314", "report.md, line 1"),
        ("LANG_012", f"languages/sv.po, {AGE}"),
    ]


def test_form_is_reviewed_also_while_the_settings_do_not_read(tmp_path):
    form = FORM.replace("| | text | wish |", "| | image | wish |")
    study = make_study(tmp_path, form=form, languages={}, settings="id = 1\n")
    found = errors(study)
    assert ("STUDY_301", "form.md, survey, row 32") in found
    assert ("STUDY_104", "study.toml, id") in found
    assert ("STUDY_102", "study.toml, languages") in found


def test_translation_that_is_missing_or_broken_is_said(tmp_path):
    study = make_study(tmp_path, languages={"sv": State.REVIEWED})
    assert errors(study) == [("STUDY_005", "languages/ar.po")]
    [missing] = [one for one in check_study(study) if one.code == "STUDY_005"]
    assert "kuule translate export" in missing.remedy
    assert "kuule translate import" in missing.remedy
    (study / "languages" / "ar.po").write_text("not a PO file\n", "utf-8")
    assert errors(study) == [("LANG_002", "languages/ar.po, line 1")]


def test_missing_and_stale_texts_are_warnings(tmp_path):
    study = make_study(tmp_path, texts={"sv": {AGE: ""}})
    (study / "form.md").write_text(FORM.replace("Do you want to take part?", "Would you like to take part?"), "utf-8")
    warnings = [(problem.code, problem.place) for problem in check_study(study) if problem.code.startswith("LANG_02")]
    assert warnings == [
        ("LANG_021", "languages/sv.po"),
        ("LANG_022", "languages/sv.po"),
        ("LANG_022", "languages/ar.po"),
    ]


def test_texts_of_the_report_are_counted_apart_from_those_that_a_language_opens_with(tmp_path):
    study = make_study(tmp_path)
    survey, report = 0, 0
    po = (study / "languages" / "sv.po").read_text("utf-8").split("\n\n")
    blank = []
    for entry in po:
        of_report = 'msgctxt "report.md:' in entry
        report += of_report
        survey += not of_report and "msgctxt" in entry
        blank.append(
            re.sub(r'^msgstr "sv: .*"$', 'msgstr ""', entry, flags=re.MULTILINE) if "msgctxt" in entry else entry
        )
    (study / "languages" / "sv.po").write_text("\n\n".join(blank), "utf-8")
    found = check_study_folder(study, today=date(2027, 3, 1))
    [missing] = [problem.cause for problem in found.problems if problem.code == "LANG_021"]
    [swedish] = [language.reasons[0] for language in found.languages if language.tag == "sv"]
    assert missing.startswith(f"{survey} of the survey's {survey} texts and {report} of the report's {report} have no")
    assert swedish == f"of the survey's {survey} texts {survey} not translated"


CONFLICT = "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("name", "code", "place"),
    [
        ("form.md", "FORM_032", "form.md"),
        ("study.toml", "STUDY_101", "study.toml"),
        ("rehearsal.toml", "STUDY_003", "rehearsal.toml"),
        ("report.md", "STUDY_004", "report.md"),
        ("support.csv", "STUDY_201", "support.csv, line {line}"),
        ("glossary.csv", "LANG_041", "glossary.csv, line {line}"),
        ("languages/sv.po", "LANG_002", "languages/sv.po, line {line}"),
    ],
)
def test_marks_of_a_conflict_are_named_with_their_line(tmp_path, name, code, place):
    study = make_study(tmp_path, support="country,name,kind,phone\n")
    (study / "glossary.csv").write_text("language,source,agreed,avoid,note\n", "utf-8")
    file = study / name
    text = file.read_text("utf-8")
    file.write_text(text + CONFLICT, "utf-8")
    line = text.count("\n") + 1
    [found] = [problem for problem in check_study(study) if problem.code == code]
    assert (found.place, found.cause) == (place.format(line=line), conflict_cause(line))
    assert found.remedy.startswith("keep the lines of one of the two")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rehearsal.toml", b"= 1", "STUDY_003"),
        ("report.md", b"\xff", "STUDY_004"),
        ("form.xlsx", b"x", "STUDY_002"),
        ("support.csv", b"\xff", "STUDY_201"),
    ],
)
def test_file_that_does_not_read_is_named(tmp_path, name, content, code):
    study = make_study(tmp_path)
    (study / name).write_bytes(content)
    assert [problem for problem, _ in errors(study)] == [code]


@pytest.mark.parametrize("name", ["rehearsal.toml", "report.md", "support.csv"])
def test_folder_in_place_of_a_file_is_named(tmp_path, name):
    study = make_study(tmp_path)
    (study / name).unlink(missing_ok=True)
    (study / name).mkdir()
    found = [(problem.code, problem.place, problem.cause) for problem in check_study(study)]
    assert ("STUDY_006", name, "it cannot be read (Is a directory)") in found


def with_calculations(rows):
    header = FORM.replace("| required | appearance |", "| required | appearance | calculation |")
    header = header.replace("|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|")
    return header.replace("| | text | wish |", f"{rows}| | text | wish |")


def test_circle_is_said_with_its_rows(tmp_path):
    rows = "| | calculate | one | | | | | | ${two} + 1 |\n| | calculate | two | | | | | | ${one} + 1 |\n"
    study = make_study(tmp_path, form=with_calculations(rows), languages={})
    places = [problem.place for problem in check_study(study) if problem.code == "FORM_020"]
    assert [re.findall(r"form\.md, survey, row (\d+)", place) for place in places] == [["32", "33"]]


def test_expressions_that_cannot_be_read_are_all_said_with_row_and_column(tmp_path):
    rows = "| | calculate | one | | | | | | 1 + |\n| | calculate | two | | | | | | nothing(1) |\n"
    study = make_study(tmp_path, form=with_calculations(rows), languages={})
    expected = [
        ("FORM_100", "form.md, survey, row 32, calculation"),
        ("FORM_103", "form.md, survey, row 33, calculation"),
    ]
    assert [one for one in errors(study) if one[0].startswith("FORM")] == expected
    broken = with_calculations(f"{rows}| | txt | three | Three | | | | | |\n")
    study = make_study(tmp_path, form=broken, languages={})
    found = errors(study)
    assert ("STUDY_333", "form.md, survey, row 34") in found
    assert [one for one in found if one[0].startswith("FORM_1")] == expected


@pytest.mark.parametrize(
    ("before", "after", "own", "row"),
    [
        ("| | select_one country | residence |", "| | select_one country | age_band |", "STUDY_331", "survey, row 14"),
        ("| | select_one way |", "| | select_one wey |", "STUDY_332", "survey, row 23"),
        ("| | integer | years |", "| | intiger | years |", "STUDY_333", "survey, row 17"),
        ("selected(${place}, 'home')", "selected(${plaice}, 'home')", "STUDY_334", "survey, row 27, relevant"),
        ("| | begin_group | about | About you | | | | |\n", "", "STUDY_335", "survey, row 18"),
        ("| | how_often | once | Once |", "| | how_often | more | Once |", "STUDY_332", "choices, row 19"),
    ],
)
def test_rule_names_the_row_and_what_follows_from_it_is_not_said_as_well(tmp_path, before, after, own, row):
    """The converter stops there too, and answers of a question that is misspelt would all be unknown."""
    study = make_study(tmp_path, form=FORM.replace(before, after), languages={})
    assert [code for code, place in errors(study) if place == f"form.md, {row}"] == [own]
    # The name that is gone is missed by its group, and the study has no files of its languages.
    assert {code for code, _ in errors(study)} - {own} <= {"STUDY_310", "STUDY_005"}


def test_what_is_wrong_in_the_settings_hides_nothing_else(tmp_path):
    """A first study, as people write it: nothing of it has to wait for a second check."""
    settings = SETTINGS.replace('audience = "survivors"\n', "").replace('title = "A small study"\n', 'titel = "A"\n')
    form = FORM.replace("| | integer | years | For how many years have you lived there? | | | |",
                        "| | integer | years | For how many years have you lived there? | | | yes |")  # fmt: skip
    study = make_study(tmp_path, languages={})
    (study / "study.toml").write_text(settings + "[rehearse]\n", "utf-8")
    (study / "form.md").write_text(form, "utf-8")
    (study / "rehearsal.toml").write_text("pass_over = 2\n[answers.way]\ngoon = 1\n", "utf-8")
    assert errors(study) == [
        ("STUDY_102", "study.toml, title"),
        ("STUDY_102", "study.toml, audience"),
        ("STUDY_103", "study.toml, titel"),
        ("STUDY_103", "study.toml, rehearse"),
        ("STUDY_105", "rehearsal.toml, pass_over"),
        ("STUDY_005", "languages/sv.po"),
        ("STUDY_005", "languages/ar.po"),
        ("STUDY_305", "form.md, survey, row 17"),
        ("STUDY_330", "rehearsal.toml, answers.way"),
    ]


def test_faults_of_every_settings_file_have_their_line(tmp_path):
    study = make_study(tmp_path, languages={})
    (study / "rehearsal.toml").write_text("[answers.way]\ngo_on = 1\npass = -1\n", "utf-8")
    (study / "analysis.toml").write_text('[[table]]\nitem = "way"\n\n[[table]]\nitem = "place"\nbuy = "way"\n', "utf-8")
    quoted = {
        problem.place: problem.excerpt for problem in check_study(study) if problem.code in {"STUDY_103", "STUDY_105"}
    }
    lines = {place: (excerpt.line, excerpt.text[excerpt.start : excerpt.end]) for place, excerpt in quoted.items()}
    assert lines == {"rehearsal.toml, answers.way.pass": (3, "pass"), "analysis.toml, table 2.buy": (6, "buy")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('open_text = ["wish"]', 'open_text = "wish"'),
        ('sensitive = ["place", "how_often"]', "sensitive = 1"),
        ('territories = ["country"]', "territories = [1]"),
        ('source_language = "en"\n', ""),
        ("[gates.age]", "[gates.ages]"),
        ("minimum_age = 18", 'minimum_age = "18"'),
        ('values = ["AX", "FI", "SE"]', 'vlaues = ["AX", "FI", "SE"]'),
        ('en = { leave_to = "https://en.wikipedia.org/wiki/Main_Page" }', 'en = { leave_to = "nowhere" }'),
    ],
)
def test_nothing_is_said_that_rests_on_a_setting_that_could_not_be_read(tmp_path, before, after):
    study = make_study(tmp_path, settings=SETTINGS)
    assert before in SETTINGS
    (study / "study.toml").write_text(SETTINGS.replace(before, after), "utf-8")
    assert {place.partition(",")[0] for _, place in errors(study)} == {"study.toml"}
    assert {code for code, _ in errors(study)} <= {"STUDY_102", "STUDY_103", "STUDY_104", "STUDY_105", "STUDY_108"}


def test_folder_that_is_not_there_is_one_problem(tmp_path):
    assert errors(tmp_path / "nothing") == [("STUDY_001", str(tmp_path / "nothing"))]


def test_name_or_code_that_means_something_else_than_before_is_refused(tmp_path):
    edition = make_edition(tmp_path)
    form = FORM.replace("| | integer | years |", "| | decimal | years |").replace(
        "| | how_often | more | More than once |\n", ""
    )
    study = make_study(tmp_path / "next", form=form)
    assert errors(study) == []
    assert errors(study, against=edition) == [
        ("STUDY_316", "form.md, survey, row 17"),
        ("STUDY_316", "form.md, survey, row 27"),
    ]
    assert errors(tmp_path / "study", against=edition) == []


ROUNDS = 60
MISTAKES = (
    "| | geopoint | spot_{0} | Where? | | | | |",
    "| | txt | typo_{0} | What? | | | | |",
    "| | select_one nothing_{0} | list_{0} | Which? | | | | |",
    "| | integer | none_{0} | How many? | | ${{gone_{0}}} = 1 | | |",
    "| | select_one yes_no | near_{0} | Yes? | | ${{consent}} = 'yess' | | |",
    "| | select_one yes_no | never_{0} | No? | | ${{way}} = 'pass' and ${{way}} = 'go_on' and ${{years}} > {0} | | |",
    "| | select_one yes_no | 1_{0} | Yes? | | | yes | |",
    "| | text | q_{0} | What is your name? | | | | |",
)
# A `txt` was meant as a text, which study.toml has to list like the other one.
EXPECTED = {
    "STUDY_302": 1, "STUDY_304": 1, "STUDY_305": 1, "STUDY_312": 2, "STUDY_317": 1, "STUDY_320": 1, "STUDY_331": 1,
    "STUDY_332": 1, "STUDY_333": 1, "STUDY_334": 1,
}  # fmt: skip


def test_several_hundred_mistakes_of_every_kind_are_all_listed(tmp_path):
    rows = "".join(f"{row.format(number)}\n" for number in range(ROUNDS) for row in MISTAKES)
    study = make_study(tmp_path, form=FORM.replace("| | text | wish |", f"{rows}| | text | wish |"), languages={})
    found = Counter(problem.code for problem in check_study(study))
    assert {code: found[code] for code in EXPECTED} == {code: count * ROUNDS for code, count in EXPECTED.items()}


def test_study_without_a_text_for_its_report_is_told_what_it_shows_then(tmp_path):
    study = make_study(tmp_path, report=" \n")
    [said] = [problem for problem in check_study(study) if problem.code == "STUDY_007"]
    assert (said.place, said.severity) == ("report.md", Severity.WARNING)
    (study / "report.md").unlink()
    assert said in check_study(study)


@pytest.mark.parametrize(
    ("form", "place"),
    [
        (f"| notes |\n| | said |\n| | by us |\n\n| choices |{FORM.partition('| choices |')[2]}", "form.md"),
        (f"| survey |\n| | type | name |\n\n| choices |{FORM.partition('| choices |')[2]}", "form.md, survey"),
    ],
)
def test_survey_that_is_not_there_is_one_problem(tmp_path, form, place):
    study = make_study(tmp_path, form=form, settings=SETTINGS.replace("sv = ", "# sv = ").replace("ar = ", "# ar = "))
    assert errors(study) == [("FORM_034", place)]


def test_column_of_labels_that_is_misspelt_is_not_said_for_each_question(tmp_path):
    form = FORM.replace("| name | label | hint |", "| name | lable | hint |")
    found = [one for one in errors(make_study(tmp_path, form=form)) if one[1].startswith("form.md")]
    assert found == [("STUDY_336", "form.md, survey")]


@pytest.mark.parametrize("name", ["study.toml", "rehearsal.toml", "report.md", "form.md"])
def test_file_that_begins_with_the_mark_of_notepad_is_read(tmp_path, name):
    study = make_study(tmp_path)
    (study / name).write_bytes(b"\xef\xbb\xbf" + (study / name).read_bytes())
    assert errors(study) == []


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("form.ods", "if it is form.ods: save it as .xlsx, named form.xlsx"),
        ("form (1).xlsx", "if it is form (1).xlsx: name it form.xlsx"),
        ("~$form.xlsx", "it is called form.md or form.xlsx"),
    ],
)
def test_questionnaire_of_another_name_is_found(tmp_path, name, remedy):
    study = make_study(tmp_path, languages={})
    (study / "form.md").unlink()
    (study / name).write_bytes(b"x")
    [found] = [problem for problem in check_study(study) if problem.code == "STUDY_002"]
    assert found.remedy == remedy


def test_file_of_a_language_that_is_not_offered_is_said(tmp_path):
    study = make_study(tmp_path)
    (study / "languages" / "fi.po").write_bytes((study / "languages" / "sv.po").read_bytes())
    found = [(one.place, one.severity) for one in check_study(study) if one.code == "LANG_065"]
    assert found == [("languages/fi.po", Severity.WARNING)]


def test_check_leaves_the_folder_as_it_is(tmp_path):
    """Also where a language has no file yet, and one has that nobody offers."""
    study = make_study(tmp_path, languages={"sv": State.DRAFT_ONE}, words={"sv": State.REVIEWED})
    (study / "languages" / "fi.po").write_bytes((study / "languages" / "sv.po").read_bytes())
    before = {path: path.read_bytes() for path in sorted(study.rglob("*")) if path.is_file()}
    check_study_folder(study, today=date(2026, 1, 1))
    assert {path: path.read_bytes() for path in sorted(study.rglob("*")) if path.is_file()} == before
