"""Services: which rows are shown, which never, and what a study's own file changes."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kuule.core.problems import StudyError
from kuule.helplines.directory import (
    INTERNATIONAL,
    Directory,
    Service,
    ServiceKind,
    SourceTrust,
    built_in_directory,
    merge_directories,
    read_support_file,
)
from kuule.helplines.service import NEVER_SHOWN_UNCHECKED, GenderServed, ServiceAudience, service_key
from kuule.languages.cldr.territories import territory_names

TODAY = date(2026, 11, 24)
LINE = Service("SE", "A line", ServiceKind.SURVIVOR, phone="020 12 34", trust=SourceTrust.CITED)
CHECKED = replace(LINE, name="A checked line", checked_by="coordinator", checked_on=date(2026, 10, 1))
HEADER = "country,name,kind,audience,phone,url,languages,hours,source,source_date,checked_by,checked_on,note\n"


def names(services):
    return [service.name for service in services]


def write(tmp_path, text):
    (tmp_path / "support.csv").write_text(text, "utf-8")
    return tmp_path / "support.csv"


def problems(tmp_path, text):
    with pytest.raises(StudyError) as raised:
        read_support_file(write(tmp_path, text))
    return [(problem.code, problem.place) for problem in raised.value.problems]


def test_row_that_nobody_checked_is_shown_with_drafts_only():
    directory = Directory((LINE, CHECKED))
    assert names(directory.for_country("SE", drafts=False, today=TODAY)) == ["A checked line"]
    assert names(directory.for_country("SE", drafts=True, today=TODAY)) == ["A line", "A checked line"]
    assert directory.for_country("FI", drafts=True, today=TODAY) == ()


@pytest.mark.parametrize(
    ("checked_on", "shown"),
    [
        (date(2025, 11, 24), True),
        (date(2025, 11, 23), False),
        (date(2025, 12, 1), True),
        (date(2020, 1, 1), False),
        (TODAY, True),
        (date(2026, 11, 25), True),
        (date(2026, 11, 26), False),
        (date(2099, 1, 1), False),
    ],
)
def test_row_checked_too_long_ago_or_in_days_to_come_disappears_also_with_drafts(checked_on, shown):
    directory = Directory((replace(CHECKED, checked_on=checked_on),))
    assert bool(directory.for_country("SE", drafts=False, today=TODAY)) is shown
    assert bool(directory.for_country("SE", drafts=True, today=TODAY)) is shown


@pytest.mark.parametrize(("months", "shown"), [(1, False), (5, False), (6, True), (24, True)])
def test_study_says_how_long_a_check_is_trusted(months, shown):
    directory = Directory((replace(CHECKED, checked_on=date(2026, 5, 24)),), months=months)
    assert bool(directory.for_country("SE", drafts=False, today=TODAY)) is shown
    assert bool(directory.of_kinds({ServiceKind.SURVIVOR}).for_country("SE", drafts=False, today=TODAY)) is shown
    assert (
        bool(Directory.from_json(directory.to_json(), months=months).shown_services(drafts=False, today=TODAY)) is shown
    )


def test_lead_is_never_shown_until_it_is_checked():
    lead = replace(LINE, trust=SourceTrust.LEAD)
    assert Directory((lead,)).for_country("SE", drafts=True, today=TODAY) == ()
    checked = replace(lead, checked_by="coordinator", checked_on=TODAY)
    assert Directory((checked,)).for_country("SE", drafts=False, today=TODAY) == (checked,)


def test_international_services_are_apart_from_those_of_countries():
    finder = replace(CHECKED, country=INTERNATIONAL, name="A finder")
    directory = Directory((LINE, finder))
    assert names(directory.international_services(drafts=False, today=TODAY)) == ["A finder"]
    assert directory.countries(drafts=False, today=TODAY) == frozenset()
    assert directory.countries(drafts=True, today=TODAY) == {"SE"}


def test_directory_of_kinds_has_no_other_kind():
    other = replace(LINE, kind=ServiceKind.PERPETRATOR_PREVENTION, name="Another")
    assert names(Directory((LINE, other)).of_kinds({ServiceKind.SURVIVOR}).services) == ["A line"]


def test_directory_survives_the_way_through_json():
    assert Directory.from_json(built_in_directory().to_json()).services == built_in_directory().services
    assert Directory.from_json(Directory((CHECKED,)).to_json()) == Directory((CHECKED,))


def test_built_in_rows_have_a_source_a_date_and_no_check():
    services = built_in_directory().services
    counts = Counter(service.trust for service in services)
    assert counts == {
        SourceTrust.CITED: 149,
        SourceTrust.DIRECTORY: 50,
        SourceTrust.LEAD: 55,
        SourceTrust.DOUBTFUL: 88,
    }
    named = [service for service in services if service.trust not in NEVER_SHOWN_UNCHECKED]
    assert [service.name for service in named if not service.source or not service.source_date] == []
    assert [service.name for service in services if not service.source and not service.note] == []
    assert [service.name for service in services if service.checked_by or service.checked_on] == []
    assert {service.country for service in services} - {INTERNATIONAL} <= set(territory_names("en"))


def test_built_in_directory_shows_nothing_to_the_public_before_a_person_checks_it():
    assert built_in_directory().countries(drafts=False, today=TODAY) == frozenset()
    assert built_in_directory().international_services(drafts=False, today=TODAY) == ()
    assert len(built_in_directory().countries(drafts=True, today=TODAY)) == 87
    assert len(built_in_directory().international_services(drafts=True, today=TODAY)) == 2


def test_study_adds_replaces_and_hides(tmp_path):
    own = read_support_file(
        write(
            tmp_path,
            "country,name,kind,phone,checked_by,checked_on,hide\n"
            "SE,A LINE,survivor,112,coordinator,2026-10-01,\n"
            "FI,Gone,,,,,yes\n"
            "NO,New,child,1,,,\n",
        )
    )
    gone = replace(LINE, country="FI", name="Gone")
    both = merge_directories(Directory((LINE, gone, CHECKED)), own)
    assert [(service.country, service.name, service.phone) for service in both.services] == [
        ("SE", "A LINE", "112"),
        ("NO", "New", "1"),
        ("SE", "A checked line", "020 12 34"),
    ]


def test_row_is_read_as_it_is_written(tmp_path):
    row = 'SE,A line,survivor,"adults, any age",0800-12 34; SMS 5,https://a.example/x,sv pt-BR,"Mon-Fri 9-17",https://b.example,2026-09-29,coordinator,2026-10-01,note\n'
    assert read_support_file(write(tmp_path, HEADER + row)).services == (
        Service(
            country="SE",
            name="A line",
            kind=ServiceKind.SURVIVOR,
            audience_note="adults, any age",
            phone="0800-12 34; SMS 5",
            url="https://a.example/x",
            languages=("sv", "pt-BR"),
            hours="Mon-Fri 9-17",
            source="https://b.example",
            source_date=date(2026, 9, 29),
            trust=SourceTrust.STUDY,
            checked_by="coordinator",
            checked_on=date(2026, 10, 1),
            note="note",
        ),
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("XX,A,child,,1,,,,,,,,", "STUDY_202"),
        ("se,A,child,,1,,,,,,,,", "STUDY_202"),
        ("SE,,child,,1,,,,,,,,", "STUDY_202"),
        ("SE,A,people,,1,,,,,,,,", "STUDY_202"),
        ("SE,A,child,,1,javascript:alert(1),,,,,,,", "STUDY_202"),
        ("SE,A,child,,1,,Swedish,,,,,,", "STUDY_202"),
        ("SE,A,child,,1,,,,,yesterday,,,", "STUDY_202"),
        ("SE,A,child,,1,,,,,,x,2026-13-01,", "STUDY_202"),
        ("SE,A,child,,1,,,,,,,,,,more", "STUDY_202"),
        ('SE,"=HYPERLINK(""x"")",child,,1,,,,,,,,', "STUDY_202"),
        ("SE,A,child,,=1+1,,,,,,,,", "STUDY_202"),
        ("SE,A,child,,1,,,@SUM(A1),,,,,", "STUDY_202"),
        ("SE,A,child,,+1+cmd|x!A0,,,,,,,,", "STUDY_202"),
        ("SE,A,child,,1,,,,,,,,-cmd", "STUDY_202"),
        ('SE,A,child,,"+1+HYPERLINK(""https://x.example"")",,,,,,,,', "STUDY_202"),
        ("SE,A,child,,1,,,-(LOG10(2)),,,,,", "STUDY_202"),
        (r"SE,A,child,,+1+'\\x.example\[x]a'!A1,,,,,,,,", "STUDY_202"),
        ("SE,＝1+1,child,,1,,,,,,,,", "STUDY_202"),
        ("SE,\u200b=1+1,child,,1,,,,,,,,", "STUDY_202"),
        ("SE,A,child,,1,,,9-17; =1+1,,,,,", "STUDY_202"),
        ("SE,A,child,,,,,,,,,,", "STUDY_203"),
        ("SE,A,child,,call us,,,,,,,,", "STUDY_203"),
        ("SE,A,child,,1,,,,,,,2026-10-01,", "STUDY_204"),
        ("SE,A,child,,1,,,,,,coordinator,,", "STUDY_204"),
        ("SE,A,child,,1,,,,,,anna@example.org,2026-10-01,", "STUDY_202"),
        ("SE,A,child,,1,,,,,,=1+1,2026-10-01,", "STUDY_202"),
    ],
)
def test_wrong_row_says_which_line(tmp_path, row, code):
    assert problems(tmp_path, f"{HEADER}SE,B,child,,1,,,,,,,,\n{row}\n") == [(code, "support.csv, line 3")]


def test_who_hid_a_service_is_no_address_either(tmp_path):
    header = "country,name,kind,phone,hide,hidden_by,hidden_on\n"
    row = "SE,A,child,1,yes,anna＠example.org,2026-10-01\n"
    assert problems(tmp_path, header + row) == [("STUDY_202", "support.csv, line 2")]


@pytest.mark.parametrize("phone", ["+46 8 123", "+(46) 8 123", "*116 111", "-", "+46 8 123; +46 (0)8 4 free!"])
def test_number_may_begin_with_a_sign(tmp_path, phone):
    row = f"SE,A,child,,{phone},https://a.example,,- in the evening,,,,,\n"
    [service] = read_support_file(write(tmp_path, HEADER + row)).services
    assert service.phone == phone


def test_every_wrong_row_is_said(tmp_path):
    rows = "XX,A,child,,1,,,,,,,,\nSE,B,child,,1,,,,,,,,\nSE,b,child,,2,,,,,,,,\nSE,C,child,,,,,,,,,,\n"
    assert problems(tmp_path, HEADER + rows) == [
        ("STUDY_202", "support.csv, line 2"),
        ("STUDY_203", "support.csv, line 5"),
        ("STUDY_205", "support.csv, line 3"),
        ("STUDY_205", "support.csv, line 4"),
    ]


@pytest.mark.parametrize(
    "text", ["", "country,name\nSE,A\n", "country,name,kind,fone\nSE,A,child,1\n", 'country,name,kind\n"SE,A\n']
)
def test_file_with_other_columns_is_refused(tmp_path, text):
    assert {code for code, _ in problems(tmp_path, text)} == {"STUDY_201"}


def test_everyone_who_is_shown_says_whom_it_takes_in_words_that_are_translated_or_not_at_all():
    """Free English of the directory reaches no page: it is shown only where there are no words, and is empty there."""
    assert [one.name for one in built_in_directory().services if one.audience_note and not one.audience] == []


def test_gender_and_audience_do_not_contradict_each_other():
    for one in built_in_directory().services:
        if one.gender is GenderServed.WOMEN:
            assert {ServiceAudience.WOMEN, ServiceAudience.WOMEN_FIRST} & set(one.audience), one.name
        if one.gender is GenderServed.MEN:
            assert ServiceAudience.MEN in one.audience, one.name
        assert one.gender is not GenderServed.NOT_SAID or ServiceAudience.WOMEN not in one.audience, one.name


def test_no_two_rows_of_a_country_have_one_number():
    seen = Counter((one.country, way.link) for one in built_in_directory().services for way in one.ways if way.link)
    assert [place for place, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("SE", "Mind Självmordslinjen"),
        ("FR", "SOS Amitié"),
        ("FR", "3114 Numéro national de prévention du suicide"),
        ("ES", "Fundación ANAR"),
        ("ES", "Teléfono 016"),
        ("AR", "Línea 144"),
        ("PL", "Telefon Zaufania dla Dzieci i Młodzieży"),
        ("PT", "Serviço de Informação a Vítimas de Violência Doméstica"),
        ("RS", "NADEL - Nacionalna dečija linija Srbije"),
        ("VN", "Đường dây nóng Ngày Mai"),
        ("DZ", "Je t'écoute 3033 (NADA)"),
        ("CZ", "Linka důvěry"),
    ],
)
def test_names_have_all_their_letters(country, name):
    assert [one.name for one in built_in_directory().services if (one.country, one.name) == (country, name)] == [name]


@pytest.mark.parametrize("word", ["Linea", "Telefono 0", "Fundacion", "Numero", "Servico", "Sjalv", "Mlodz", "Taeter"])
def test_no_name_has_lost_a_letter_of_its_language(word):
    assert [one.name for one in built_in_directory().services if word in one.name] == []


def test_row_of_a_study_replaces_the_built_in_one_also_where_a_list_lost_its_marks(tmp_path):
    own = read_support_file(write(tmp_path, "country,name,kind,phone\nSE,Mind Sjalvmordslinjen,crisis,1\n"))
    both = merge_directories(built_in_directory(), own)
    assert [
        one.phone for one in both.services if service_key(one.country, one.name) == ("SE", "mind sjalvmordslinjen")
    ] == ["1"]
    assert service_key("PL", "Łódź Ø") == ("PL", "lodz o")


def test_audience_is_words_of_the_list_or_kept_as_it_was_written(tmp_path):
    rows = "SE,A,survivor,men harmed_as_children,1,men\nSE,B,survivor,men in crisis,2,\n"
    known, free = read_support_file(write(tmp_path, f"country,name,kind,audience,phone,gender\n{rows}")).services
    assert (known.audience, known.audience_note, known.gender) == (
        (ServiceAudience.MEN, ServiceAudience.HARMED_AS_CHILDREN),
        "",
        GenderServed.MEN,
    )
    assert (free.audience, free.audience_note, free.gender) == ((), "men in crisis", GenderServed.NOT_SAID)


def test_service_of_an_edition_from_before_there_were_words_keeps_what_it_says():
    row = Directory((CHECKED,)).to_json()[0] | {"audience": "women in danger"}
    del row["gender"], row["audience_note"]
    [read] = Directory.from_json([row]).services
    assert (read.audience, read.audience_note, read.gender) == ((), "women in danger", GenderServed.NOT_SAID)
    [read] = Directory.from_json([row | {"audience": "women"}]).services
    assert (read.audience, read.audience_note) == ((ServiceAudience.WOMEN,), "")
