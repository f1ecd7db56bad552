"""Each rule against the small study with one thing changed: what it finds, and that it finds nothing before."""

# ruff: noqa: E501  # a case is one line, so that cases can be compared

import re

import pytest

from kuule.core.problems import Severity
from kuule.study.rules import rule_registry
from tests.study.reading import check_study
from tests.study.small_study import FORM, HELP, REPORT, SETTINGS, SUPPORT_HEADER, checked_help, make_study

WISH = "| | text | wish | What should change? | Please leave out all names. | | | multiline |\n"
RULES = (
    *rule_registry.QUESTIONNAIRE_RULES,
    *rule_registry.FORM_RULES,
    *rule_registry.LOGIC_RULES,
    *rule_registry.STUDY_RULES,
    *rule_registry.EDITION_RULES,
)


def found(folder, **study):
    """(code, place, cause) of every error of a study without translations."""
    settings = study.pop("settings", SETTINGS)
    settings = re.sub(r"^(sv|ar) = .*\n", "", settings, flags=re.MULTILINE)
    problems = check_study(make_study(folder, settings=settings, languages={}, **study))
    return [(problem.code, problem.place, problem.cause) for problem in problems if problem.severity is Severity.ERROR]


def codes(folder, **study):
    return {code for code, _, _ in found(folder, **study)}


def with_row(row):
    """The form with one more row before the open question, and that row's place."""
    return FORM.replace(WISH, f"| | {row}\n{WISH}")


def test_small_study_keeps_every_rule(tmp_path):
    assert found(tmp_path) == []


def test_every_rule_has_a_code_of_its_own_and_says_why():
    assert len({getattr(rule, "CODE", "") for rule in RULES}) == len(RULES)
    assert [rule for rule in RULES if len((rule.__doc__ or "").split()) < 8] == []


@pytest.mark.parametrize(
    ("row", "code", "cause"),
    [
        ("image | pic | A picture | | | | |", "STUDY_301", "'pic' asks for a file (image)"),
        ("photo | pic | A picture | | | | |", "STUDY_301", "'pic' asks for a file (image)"),
        ("audio | voice | Your voice | | | | |", "STUDY_301", "'voice' asks for a file (audio)"),
        ("video | film | A film | | | | |", "STUDY_301", "'film' asks for a file (video)"),
        ("file | doc | A file | | | | |", "STUDY_301", "'doc' asks for a file (file)"),
        ("background-audio | sound | | | | | |", "STUDY_301", "'sound' asks for a file (background-audio)"),
        ("text | sig | Sign here | | | | signature |", "STUDY_301", "'sig' has the appearance signature"),
        ("geopoint | spot | Where? | | | | |", "STUDY_302", "'spot' asks for a position (geopoint)"),
        ("geotrace | walk | Where? | | | | |", "STUDY_302", "'walk' asks for a position (geotrace)"),
        ("geoshape | area | Where? | | | | |", "STUDY_302", "'area' asks for a position (geoshape)"),
        ("start-geopoint | first | | | | | |", "STUDY_302", "'first' asks for a position (start-geopoint)"),
        ("start | begun | | | | | |", "STUDY_303", "'begun' keeps the time of the visit (start)"),
        ("end | ended | | | | | |", "STUDY_303", "'ended' keeps the time of the visit (end)"),
        ("today | day | | | | | |", "STUDY_303", "'day' keeps the time of the visit (today)"),
        ("deviceid | dev | | | | | |", "STUDY_303", "'dev' keeps data of the device or of its owner (deviceid)"),
        ("username | who | | | | | |", "STUDY_303", "'who' keeps data of the device or of its owner (username)"),
        ("phonenumber | num | | | | | |", "STUDY_303", "'num' keeps data of the device or of its owner (phonenumber)"),
        ("email | post | | | | | |", "STUDY_303", "'post' keeps data of the device or of its owner (email)"),
        ("barcode | code | Scan it | | | | |", "STUDY_303", "'code' keeps data of the device or of its owner (barcode)"),
        ("text | email | How? | | | | |", "STUDY_304", "'email' asks who someone is ('email')"),
        ("text | firstName | ? | | | | |", "STUDY_304", "'firstName' asks who someone is ('name')"),
        ("text | q1 | What is your name? | | | | |", "STUDY_304", "'q1' asks who someone is ('your name')"),
        ("text | q1 | Your e-mail | | | | |", "STUDY_304", "'q1' asks who someone is ('e-mail')"),
        ("integer | q1 | A phone number | | | | |", "STUDY_304", "'q1' asks who someone is ('phone number')"),
        ("text | q1 | Your home address | | | | |", "STUDY_304", "'q1' asks who someone is ('home address')"),
        ("date | q1 | Your date of birth | | | | |", "STUDY_304", "'q1' asks who someone is ('date of birth')"),
        ("select_one yes_no | more | More? | | | yes | |", "STUDY_305", "'more' is required, and is not a gate"),
        ("select_one yes_no | more | More? | | | true() | |", "STUDY_305", "'more' is required, and is not a gate"),
        ("select_one yes_no | more | More? | | | ${consent} = 'yes' | |", "STUDY_305", "'more' is required, and is not a gate"),
        ("begin_group | more | More | | | yes | |", "STUDY_305", "the group 'more' is required, and is not a gate"),
        ("text | more | More? | | | | |", "STUDY_312", "'more' is free text, and study.toml does not list it"),
        ("select_one way or_other | more | More? | | | | |", "STUDY_312", "'more_other' is free text, and study.toml does not list it"),
    ],
)  # fmt: skip
def test_row_that_must_not_be_asked_is_refused_with_its_row(tmp_path, row, code, cause):
    assert (code, "form.md, survey, row 32", cause) in found(tmp_path, form=with_row(row))


@pytest.mark.parametrize(
    "row",
    [
        "select_one yes_no | told_by_phone | Did you call a helpline by telephone? | | | | |",
        "note | about_names | Please leave out all names. | | | | |",
        "select_one yes_no | more | More? | | | no | |",
        "integer | times | How many times did you tell someone? | | | | |",
    ],
)
def test_row_that_only_sounds_alike_is_let_through(tmp_path, row):
    assert found(tmp_path, form=with_row(row)) == []


def test_calculation_that_copies_free_text_is_refused(tmp_path):
    form = (
        FORM.replace("| required | appearance |", "| required | appearance | calculation |")
        .replace("|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|")
        .replace(WISH, f"{WISH}| | calculate | copy | | | | | | ${{wish}} |\n")
    )
    assert [cause for _, _, cause in found(tmp_path, form=form)] == ["'copy' copies free text (wish)"]


@pytest.mark.parametrize(
    ("calculation", "copies"),
    [
        ("string-length(${wish}) > 0", False),
        ("if(${wish} = 'x', 1, 0)", False),
        ("if(contains(${wish}, 'help') and ${years} > 3, 'y', 'n')", False),
        ("count-non-empty(${wish})", False),
        ("if(${years} > 3, ${wish}, '')", True),
        ("concat('said: ', ${wish})", True),
        ("int(${wish}) + 1", True),
        ("substr(${wish}, 0, 3)", True),
        ("coalesce(${wish}, 'x')", True),
        ("concat(${wish}", True),
    ],
)
def test_calculation_copies_free_text_only_where_its_value_is_made_of_it(tmp_path, calculation, copies):
    form = (
        FORM.replace("| required | appearance |", "| required | appearance | calculation |")
        .replace("|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|")
        .replace(WISH, f"{WISH}| | calculate | made | | | | | | {calculation} |\n")
    )
    causes = [cause for code, _, cause in found(tmp_path, form=form) if code == "STUDY_312"]
    assert causes == (["'made' copies free text (wish)"] if copies else [])


@pytest.mark.parametrize("kind", ["select_one", "rank"])
def test_choice_among_free_texts_copies_free_text(tmp_path, kind):
    rows = (
        "| | begin_repeat | someone | Someone | | | | |\n| | text | word | A word for them | | | | |\n"
        "| | integer | times | How many times? | | | | |\n| | end_repeat | | | | | | |\n"
        f"| | {kind} ${{word}} | who | Who? | | | | |\n| | {kind} ${{times}} | when | When? | | | | |\n"
    )
    settings = SETTINGS.replace('open_text = ["wish"]', 'open_text = ["wish", "word"]')
    problems = found(tmp_path, form=FORM.replace(WISH, WISH + rows), settings=settings)
    assert [cause for code, _, cause in problems if code == "STUDY_312"] == ["'who' copies free text (word)"]


def test_text_that_is_only_shown_is_a_calculation(tmp_path):
    form = (
        FORM.replace("| required | appearance |", "| required | appearance | calculation | readonly |")
        .replace("|---|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|---|---|---|")
        .replace(
            WISH,
            f"{WISH}| | text | shown | Years | | | | | ${{years}} | yes |\n"
            "| | text | copy | Your words | | | | | ${wish} | yes |\n"
            "| | text | typed | Your words | | | | | ${years} | no |\n",
        )
    )
    assert [cause for _, _, cause in found(tmp_path, form=form)] == [
        "'copy' copies free text (wish)",
        "'typed' is free text, and study.toml does not list it",
    ]
    settings = SETTINGS.replace('open_text = ["wish"]', 'open_text = ["wish", "typed", "shown"]')
    assert "'shown' is a calculation that is shown, and no text" in [
        cause for _, _, cause in found(tmp_path / "listed", form=form, settings=settings)
    ]


@pytest.mark.parametrize(
    ("before", "after", "code", "cause"),
    [
        ("| | place | prefer_not_to_say | I prefer not to say |\n", "", "STUDY_306", "'place' is sensitive, and its list 'place' has no prefer_not_to_say"),
        ("| | note | note_happened | The next page asks where it happened. | | | | |\n", "", "STUDY_307", "the section 'happened' asks something sensitive ('place') with no note before it"),
        ("| | | ${way} = 'go_on' | ", "| | | ", "STUDY_307", "the section 'happened' has no way round place, how_often"),
        ("| | ${way} = 'go_on' | ", "| | ${consent} = 'yes' | ", "STUDY_307", "the section 'happened' has no way round place, how_often"),
        ("select_one yes_no | consent |", "select_one yes_no | agree |", "STUDY_308", "there is no question 'consent'"),
        ("select_one yes_no | consent |", "text | consent |", "STUDY_308", "'consent' is no select_one"),
        ("Do you want to take part? | | | yes |", "Do you want to take part? | | | |", "STUDY_308", "'consent' is not required"),
        ("Are you 18 or older? | | |", "Are you 18 or older? | | ${consent} = 'yes' |", "STUDY_308", "'adult' is not asked of everyone"),
        ("| | begin_group | page_consent |", "| | integer | early | How many? | | | | |\n| | begin_group | page_consent |", "STUDY_309", "'early' is asked before the gates"),
        ("| | country | AX |", "| | country | XX |", "STUDY_313", "'XX' is no code of a country"),
        ("| | country | SE |", "| | country | se |", "STUDY_313", "'se' is no code of a country"),
    ],
)  # fmt: skip
def test_form_that_would_hurt_is_refused(tmp_path, before, after, code, cause):
    form = FORM.replace(before, after, 1)
    assert form != FORM
    assert (code, cause) in [(code, cause) for code, _, cause in found(tmp_path, form=form)]


@pytest.mark.parametrize(
    ("before", "after", "code", "place", "cause"),
    [
        ('question = "consent"', 'question = "consentt"', "STUDY_308", "gates.consent", "there is no question 'consentt'"),
        ('answer = "yes"', 'answer = "ja"', "STUDY_308", "gates.consent", "'consent' has no answer 'ja'"),
        ('[gates.consent]\nquestion = "consent"\nanswer = "yes"\n', "", "STUDY_309", "gates", "there is no consent gate"),
        ('[gates.age]\nquestion = "adult"\nanswer = "yes"\n', "", "STUDY_309", "gates", "minimum_age is 18, and nothing asks for it"),
        ('question = "residence"', 'question = "home"', "STUDY_310", "groups.region", "there is no question 'home'"),
        ('question = "residence"', 'question = "years"', "STUDY_310", "groups.region", "'years' is no select"),
        ('values = ["AX", "FI", "SE"]', 'values = ["AX", "NO"]', "STUDY_310", "groups.region.members.nordic", "'residence' has no answer 'NO'"),
        ('elsewhere = { title = "Elsewhere", rest = true }\n', "", "STUDY_310", "groups.region", "no member has AT"),
        ('territories = ["country"]', 'territories = ["countries"]', "STUDY_311", "answers.territories", "there is no list of choices 'countries'"),
        ('ordered = ["age_band", "how_often"]', 'ordered = ["age"]', "STUDY_311", "answers.ordered", "there is no list of choices 'age'"),
        ('sensitive = ["place"', 'sensitive = ["places"', "STUDY_311", "answers.sensitive", "there is no question 'places'"),
        ('sensitive = ["place"', 'routing = ["ways"]\nsensitive = ["place"', "STUDY_311", "answers.routing", "there is no question 'ways'"),
        ('open_text = ["wish"]', 'open_text = ["wish", "wishes"]', "STUDY_311", "answers.open_text", "there is no question 'wishes'"),
        ('open_text = ["wish"]', 'open_text = ["wish", "years"]', "STUDY_312", "answers.open_text", "'years' is integer, and no text"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_the_form_are_refused(tmp_path, before, after, code, place, cause):
    settings = SETTINGS.replace(before, after, 1)
    assert settings != SETTINGS
    assert (code, f"study.toml, {place}", cause) in found(tmp_path, settings=settings)


@pytest.mark.parametrize(
    ("before", "after", "place", "cause"),
    [
        ("question: place", "question: plaice", "line 6", "there is no question 'plaice'"),
        ("by: region", "by: regions", "line 7", "there is no cut 'regions'"),
        ("share consent yes", "share consentt yes", "line 3", "there is no question 'consentt'"),
        ("share consent yes", "share consent ja", "line 3", "there is no answer of 'consent' with the code 'ja'"),
        ("{{ title }}", "{{ base home }}", "line 1", "there is no question 'home'"),
    ],
)
def test_report_that_names_what_is_not_there_is_refused(tmp_path, before, after, place, cause):
    assert found(tmp_path, report=REPORT.replace(before, after)) == [("STUDY_314", f"report.md, {place}", cause)]


@pytest.mark.parametrize(
    ("block", "cause"),
    [
        ("finding\nfigure: {{ share consentt yes }}", "there is no question 'consentt'"),
        ("finding\nfigure: {{ share consent yes ja }}", "there is no answer of 'consent' with the code 'ja'"),
        ("figure\nfinding: {{ base home }}", "there is no question 'home'"),
    ],
)
def test_numbers_of_findings_name_what_is_there(tmp_path, block, cause):
    report = f"{REPORT.rstrip()}\n\n```{block}\n```\n"
    place = f"line {len(REPORT.rstrip().splitlines()) + 3}"
    assert found(tmp_path, report=report) == [("STUDY_314", f"report.md, {place}", cause)]


def test_report_may_show_the_codes_of_what_people_wrote(tmp_path):
    more = "\n{{ share wish:codes 3fa21b9c }}\n\n```figure\nquestion: wish:codes\nby: @language\n```\n"
    assert found(tmp_path, report=REPORT + more) == []
    none = REPORT + more.replace("wish:codes", "place:codes")
    assert {cause for _, _, cause in found(tmp_path, report=none)} == {"there is no question 'place:codes'"}


def test_report_cut_by_language_or_by_a_question_and_other_fences_are_let_through(tmp_path):
    more = "\n```figure\nquestion: place\nby: @language\n```\n\n```figure\nquestion: place\nby: age_band\n```\n\n```\n{{ base home }}\n```\n"
    assert found(tmp_path, report=REPORT + more) == []


def said_of_help(folder, **study):
    """(code, place, cause) of what `check` says of help."""
    problems = check_study(make_study(folder, **study))
    codes = {"STUDY_315", "STUDY_356", "STUDY_357", "STUDY_358"}
    return [(problem.code, problem.place, problem.cause) for problem in problems if problem.code in codes]


def test_country_and_language_without_a_checked_service_are_warnings(tmp_path):
    row = "SE,A line,survivor,123,sv,women,coordinator,2026-10-01\n"
    study = make_study(tmp_path, settings=SETTINGS + HELP, support=SUPPORT_HEADER + row)
    said = [problem for problem in check_study(study) if problem.code == "STUDY_315"]
    assert {problem.severity for problem in said} == {Severity.WARNING}
    assert [problem.place for problem in said] == [
        "support.csv, country SE",
        "support.csv, language en",
        "support.csv, language ar",
    ]
    assert said[0].cause == (
        "in SE no service of the kind survivor for men, victim, violence, crisis, child has been checked by a person"
    )


def test_checked_help_in_each_country_is_nothing_to_be_said(tmp_path):
    assert said_of_help(tmp_path, settings=SETTINGS + HELP, support=checked_help("2026-10-01")) == []


def test_directory_of_any_country_is_not_enough(tmp_path):
    finder = checked_help("2026-10-01", country="ZZ")
    assert [place for _, place, _ in said_of_help(tmp_path, settings=SETTINGS + HELP, support=finder)] == [
        "support.csv, country SE"
    ]


WAIVER = """[help.waivers.SE.survivor]
gender = "men"
reason = "none was found"
by = "research lead"
on = 2026-11-20
"""


def test_waiver_is_said_with_who_when_and_why(tmp_path):
    support = checked_help("2026-10-01").replace("1,en sv ar,any", "1,en,women", 1)
    assert said_of_help(tmp_path, settings=SETTINGS + HELP + WAIVER, support=support) == [
        (
            "STUDY_357",
            "study.toml, help.waivers.SE.survivor",
            "waived: no survivor service for men in SE (research lead, 2026-11-20: none was found)",
        )
    ]


def test_waiver_of_what_is_there_by_now_is_to_be_taken_away(tmp_path):
    said = said_of_help(tmp_path, settings=SETTINGS + HELP + WAIVER, support=checked_help("2026-10-01"))
    assert [cause for _, _, cause in said] == ["SE has a checked service of the kind survivor by now"]


NO_HELP = '\n[help]\nlevel = "none"\n'
HARMLESS = SETTINGS.replace('"survivors"', '"public"').replace('sensitive = ["place", "how_often"]\n', "")


def test_study_that_demands_no_help_is_looked_at(tmp_path):
    [(code, place, cause)] = said_of_help(tmp_path / "harmless", settings=HARMLESS + NO_HELP)
    assert (code, place) == ("STUDY_356", "study.toml, help.level")
    assert cause == "nobody who answers is sure to find a service that a person has checked"


@pytest.mark.parametrize(
    ("settings", "cause"),
    [
        (SETTINGS, "it asks survivors and demands no help for them"),
        (SETTINGS.replace('"survivors"', '"offenders"'), "it asks offenders and demands no help for them"),
        (
            SETTINGS.replace('"survivors"', '"public"'),
            "it has sensitive questions (place, how_often) and demands no help",
        ),
    ],
)
def test_study_that_can_hurt_may_not_demand_no_help(tmp_path, settings, cause):
    assert ("STUDY_356", "study.toml, help.level", cause) in found(tmp_path, settings=settings + NO_HELP)


def test_audience_in_free_words_is_a_warning(tmp_path):
    support = "country,name,kind,audience,phone\nSE,A line,survivor,men in crisis,1\nSE,B,survivor,men,2\n"
    said = said_of_help(tmp_path, settings=HARMLESS + NO_HELP, support=support)
    assert [(code, place) for code, place, _ in said if code == "STUDY_358"] == [
        ("STUDY_358", "support.csv, SE, A line, audience")
    ]


OVERLAPPING = """[groups.sea]
title = "Sea"
question = "residence"
[groups.sea.members]
{member} = {{ title = "T", values = {values} }}
elsewhere = {{ title = "Elsewhere", rest = true }}
"""


@pytest.mark.parametrize(
    ("values", "overlaps"),
    [
        ('["AX"]', []),
        ('["AX", "FI", "SE"]', []),
        ('["AX", "FI", "SE", "AT"]', []),
        ('["SE", "AT"]', ["groups.region.members.nordic"]),
    ],
)  # fmt: skip
def test_groups_of_one_question_hold_each_other_or_have_nothing_in_common(tmp_path, values, overlaps):
    """Members that are named; a rest may have a part of another."""
    settings = SETTINGS + OVERLAPPING.format(member="around", values=values)
    said = [(place, cause) for code, place, cause in found(tmp_path, settings=settings) if code == "STUDY_355"]
    assert sorted(place for place, _ in said) == sorted(f"study.toml, {place}" for place in overlaps)
    assert all("neither holds the other" in cause for _, cause in said)


RESTS = """[groups.lands]
title = "Lands"
question = "residence"
[groups.lands.members]
finland = {{ title = "F", values = ["FI"] }}
aland = {{ title = "A", values = ["AX"] }}
others = {{ title = "O", rest = true }}
[groups.sides]
title = "Sides"
question = "residence"
[groups.sides.members]
east = {{ title = "E", values = ["FI"] }}
west = {{ title = "W", {west} }}
"""


@pytest.mark.parametrize(
    ("west", "holds"),
    [
        ('values = ["AX", "SE", "AT"]', ["groups.sides.members.west"]),
        ("rest = true", []),
    ],
)
def test_a_member_that_names_all_of_a_rest_and_more_is_to_be_a_rest_itself(tmp_path, west, holds):
    """By names alone nobody sees that it holds the rest, and so how many people it has more: here those of one land."""
    problems = found(tmp_path, settings=SETTINGS + RESTS.format(west=west))
    said = [place for code, place, cause in problems if code == "STUDY_355" and "groups.lands.members.others" in cause]
    assert said == [f"study.toml, {place}" for place in holds]
