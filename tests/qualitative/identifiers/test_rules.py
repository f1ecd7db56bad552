"""Each rule by itself, on sentences that show what it is for, and on some that it has to leave alone."""

from __future__ import annotations

import pytest

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.contact_rules import find_contacts
from kuule.qualitative.identifiers.date_rules import find_dates
from kuule.qualitative.identifiers.identity_rules import find_identity_numbers
from kuule.qualitative.identifiers.name_rules import find_names
from kuule.qualitative.identifiers.organisation_rules import find_organisations
from kuule.qualitative.identifiers.phone_rules import find_phones
from kuule.qualitative.identifiers.street_rules import find_streets
from tests.qualitative.identifiers.suggested import found_by


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "I told Sarah and Tom.", [("Sarah", "name:given"), ("Tom", "name:given")]),
        ("en", "We told Zorvane about it.", [("Zorvane", "name:capital")]),
        ("en", "I saw Siobhán O'Rourke there.", [("Siobhán O'Rourke", "name:given")]),
        ("en", "We went to Saltburn-by-the-Sea.", [("Saltburn-by-the-Sea", "name:capital")]),
        ("en", "i told sarah", [("sarah", "name:given")]),
        ("en", "Then I told sarah in leeds.", [("sarah", "name:given"), ("leeds", "place:list")]),
        ("en", "I told Tom that grace helps.", [("Tom", "name:given")]),
        ("en", "I TOLD SARAH ABOUT IT", [("SARAH", "name:given")]),
        ("fi", "Kerroin Annalle ja Matille.", [("Annalle", "name:given"), ("Matille", "name:given")]),
        ("fi", "Asuin Helsingissä.", [("Helsingissä", "place:list")]),
        ("ru", "Я сказала Марии Ивановой.", [("Марии Ивановой", "name:given")]),
        ("de", "Meine Tante Gisela hatte ein Boot.", [("Gisela", "name:given")]),
        ("de", "Ich sprach mit Herrn Zorvan.", [("Zorvan", "name:title")]),
        ("ar", "ذهبت إلى القاهرة مع فاطمة", [("القاهرة", "place:list"), ("فاطمة", "name:given")]),
        ("tr", "Bunu Ayşe'ye anlattım.", [("Ayşe", "name:capital")]),
        ("sv", "Jag kommer från Finland.", [("Finland", "place:country")]),
    ],
)
def test_names(language, words, found):
    assert found_by(find_names, words, language) == found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I was quiet. Nobody asked. On Monday I went home, and in May I spoke English."),
        ("en", "I AM NOT OK"),
        ("de", "Ich hatte Angst vor der Schule und vor dem Abend."),
        ("fi", "Kukaan ei kysynyt, joten en sanonut mitään."),
        ("ar", "لم يسأل أحد فلم أقل شيئا"),
    ],
)
def test_a_sentence_without_names_has_none(language, words):
    assert found_by(find_names, words, language) == []


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "Zainab listened. Ngozi did not.", [("Zainab", "name:elsewhere"), ("Ngozi", "name:elsewhere")]),
        ("fi", "Chukwuemekan äiti kysyi.", [("Chukwuemekan", "name:elsewhere")]),
        ("de", "Ngozi sagte nichts.", [("Ngozi", "name:elsewhere")]),
        ("fr", "Tobias ne savait rien.", [("Tobias", "name:elsewhere")]),
        ("fi", "Asun yksin. Olen hiljaa.", []),
        ("en", "Hope helps. Said he. Mark my words.", []),
    ],
)
def test_a_name_from_elsewhere_is_found_where_a_sentence_begins(language, words, found):
    assert found_by(find_names, words, language) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("أختي تالية سافرت", [("تالية", "name:title")]),
        ("أخبر عمي زرهام أمه", [("زرهام", "name:title")]),
        ("أختي كانت تعرف", []),
        ("أمي بكت معي", []),
        ("ابن عمي هنا", []),
    ],
)
def test_arabic_kin_with_whose_it_is_may_have_a_name_behind_it(words, found):
    assert found_by(find_names, words, "ar") == found


def test_a_name_after_a_word_of_kin_is_a_relatives():
    categories = [one.category.value for one in find_names(ReadAnswer("My aunt Margaret and Sarah came.", "en"))]
    assert categories == ["relative", "person"]


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "at St Mary's Primary School then", "St Mary's Primary School"),
        ("en", "at the University of Leeds then", "University of Leeds"),
        ("de", "auf die Goetheschule gegangen", "Goetheschule"),
        ("fi", "kävin Kallion koulua silloin", "Kallion koulua"),
        ("ru", "училась в школе № 5 тогда", "школе № 5"),
        ("ru", "тренер клуба «Восход» помог", "клуба «Восход»"),
        ("ar", "درست في مدرسة النور سنة", "مدرسة النور"),
        ("en", "a lady from NSPCC helped", "NSPCC"),
    ],
)
def test_organisations(language, words, found):
    assert found in [one for one, _ in found_by(find_organisations, words, language)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "At school nobody asked."), ("de", "Die Grundschule war klein."), ("ar", "ذهبت إلى المدرسة")],
)
def test_an_organisation_without_a_name_is_left(language, words):
    assert found_by(find_organisations, words, language) == []


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "on 12th of May 1998 it", "12th of May 1998"),
        ("en", "on May 12, 1998 it", "May 12, 1998"),
        ("fi", "se oli 12. toukokuuta 1998 vasta", "12. toukokuuta 1998"),
        ("es", "el 12 de mayo de 1998 fue", "12 de mayo de 1998"),
        ("ru", "с 15-го марта 2004 года", "15-го марта 2004"),
        ("ar", "يوم ١٢ مايو ١٩٩٨ كان", "١٢ مايو ١٩٩٨"),
        ("ar", "في 4 آب 1997 كان", "4 آب 1997"),
        ("fa", "در ۱۲ خرداد ۱۳۷۷ بود", "۱۲ خرداد ۱۳۷۷"),
        ("en", "on 2005-11-03 it", "2005-11-03"),
        ("de", "am 3.11. war es", "3.11."),
        ("en", "in spring 1991 we", "spring 1991"),
        ("hu", "ekkor: 1998.05.25. volt", "1998.05.25"),
        ("en", "it was in 1991 that", "1991"),
    ],
)
def test_dates(language, words, found):
    assert found in [one for one, _ in found_by(find_dates, words, language)]


@pytest.mark.parametrize("words", ["In May I felt better.", "at 10.30.", "2000 € a month", "version 45.99.2000"])
def test_what_is_no_date_is_left(words):
    assert found_by(find_dates, words) == []


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "ring 020 7946 0958 now", [("020 7946 0958", "phone:GB")]),
        ("sv", "ring +358 40 1234567", [("+358 40 1234567", "phone:FI")]),
        ("ar", "اتصل +٢٠ ١٠٠ ١٢٣ ٤٥٦٧", [("+٢٠ ١٠٠ ١٢٣ ٤٥٦٧", "phone:EG")]),
        ("en", "I was 12 in 1998 and 2001", []),
    ],
)
def test_phones(language, words, found):
    assert found_by(find_phones, words, language) == found


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "at 14 Rowan Crescent then", "14 Rowan Crescent"),
        ("de", "im Ahornweg 14.", "Ahornweg 14"),
        ("fr", "au 22 bis avenue de la Gare, en haut", "22 bis avenue de la Gare"),
        ("fi", "osoite oli Louhoskuja 7.", "Louhoskuja 7"),
        ("ru", "на улице Кленовой, 14 жила", "улице Кленовой, 14"),
        ("ar", "في شارع المحطة 22 كنا", "شارع المحطة 22"),
    ],
)
def test_streets(language, words, found):
    assert [one for one, _ in found_by(find_streets, words, language)] == [found]


def test_contacts_are_those_of_redaction_in_its_places():
    words = "👋 jo (at) example (dot) net or @mossy_pete77"
    assert found_by(find_contacts, words) == [
        ("jo (at) example (dot) net", "contact:mail"),
        ("@mossy_pete77", "contact:handles"),
    ]


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("fi", "Tapasin hänet Hangon purjehdusseurassa.", ["Hangon purjehdusseurassa"]),
        ("fi", "Purjehdusseurassa oli hiljaista, kävin kirjastossa.", ["Purjehdusseurassa"]),
        ("fi", "Kävin purjehdusseurassa ja kirjastossa.", []),
        ("sv", "Han var på Tallkrogens fritidsgård.", ["Tallkrogens fritidsgård"]),
        ("sv", "Han var på en bondgård.", []),
        ("de", "Wir trafen uns im Segelclub Plön.", ["Segelclub Plön"]),
        ("de", "Im Jugendzentrum Tannenhof war es warm.", ["Jugendzentrum Tannenhof"]),
        ("de", "Das Einkaufszentrum war voll.", []),
        ("fr", "Je l'ai vu au club de voile de Sète.", ["club de voile de Sète"]),
        ("fr", "L'école était calme.", []),
        ("ru", "Мы были в яхт-клубе «Парус».", ["яхт-клубе «Парус»"]),
        ("ar", "كنت في جمعية كفى ساعة", ["جمعية كفى"]),
        ("ar", "دخلت مكتبة قديمة وحدي", []),
        ("en", "He drove for Royal Mail then.", ["Royal Mail"]),
        ("en", "the royal mail came", []),
        ("ru", "Она работала на Почте России.", ["Почте России"]),
        ("sv", "Jag spelade i Frälsningsarméns kår.", ["Frälsningsarméns"]),
    ],
)
def test_organisations_by_what_stands_beside_them_and_those_everybody_knows(language, words, found):
    assert [one for one, _ in found_by(find_organisations, words, language)] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Meine Akte 7 Js 1187/04 lag da.", ["7 Js 1187/04"]),
        ("12 C 345/2019", ["12 C 345/2019"]),
        ("um 7 Uhr 30", []),
    ],
)
def test_file_numbers_are_found_whole(words, found):
    every = found_by(find_identity_numbers, words, "de")
    assert [one for one, rule in every if rule == "number:file"] == found
