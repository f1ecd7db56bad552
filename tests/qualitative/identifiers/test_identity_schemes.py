"""Numbers of people: each scheme has an example that is nobody's, and sees a slip in it."""

from __future__ import annotations

import pytest

from kuule.qualitative.identifiers.identity_rules import find_identity_numbers, schemes_of
from kuule.qualitative.identifiers.identity_schemes import EVERYWHERE, SCHEMES
from kuule.qualitative.identifiers.language_countries import countries_of
from kuule.qualitative.identifiers.language_data import listed_languages
from tests.qualitative.identifiers.suggested import found_by

EXAMPLES = {
    "henkilötunnus": "131052-308T",
    "personnummer": "20990101-2394",
    "fødselsnummer": "01819910088",
    "CPR-nummer": "010157-5999",
    "kennitala": "0101999990",
    "isikukood": "59912310012",
    "asmens kodas": "59912310012",
    "personas kods": "161175-19997",
    "PESEL": "99323100016",
    "rodné číslo": "531231/0003",
    "személyi azonosító": "3-991231-0012",
    "TAJ szám": "123 456 788",
    "CNP": "5991231400014",
    "IDNP": "2000999999992",
    "ЕГН": "9952310016",
    "OIB": "94577403194",
    "EMŠO, JMBG": "3112099500011",
    "ΑΜΚΑ": "01013099997",
    "codice fiscale": "RSSMRA85T10A562S",
    "DNI, NIE": "12345678Z",
    "cartão de cidadão": "00000000 0 ZZ4",
    "NIF": "123456789",
    "CPF": "111.444.777-35",
    "numéro de sécurité sociale": "2 55 08 14 168 025 38",
    "rijksregisternummer": "85.07.30-033.28",
    "BSN": "111222333",
    "Steuer-ID": "86095742719",
    "Sozialversicherungsnummer": "1237 010180",
    "AHV-Nummer": "756.9217.0769.85",
    "matricule national": "2099123100150",
    "PPS number": "1234567T",
    "NHS number": "999 123 4551",
    "National Insurance number": "AB 12 34 56 C",
    "Social Security number": "078-05-1120",
    "Social Insurance Number": "130 692 544",
    "tax file number": "123 456 782",
    "CURP": "HEGG560427MVZRRL04",
    "RUT": "12.345.678-5",
    "СНИЛС": "112-233-445 95",
    "ИНН": "500100732259",
    "РНОКПП": "1759013776",
    "T.C. kimlik no": "10000000146",
    "کد ملی": "0499370899",
    "الرقم القومي": "29001011234567",
    "رقم الهوية": "1999999996",
    "Emirates ID": "784-2099-1234567-4",
    "الرقم المدني": "399123100121",
    "IBAN": "GB82 WEST 1234 5698 7654 32",
    "payment card": "4111 1111 1111 1111",
}
"""Examples that authorities publish, of their test ranges, or of people who are born in 2099. The checks agreed with
python-stdnum 2.2 on 60,000 random numbers each, where it has the number (decision 0097)."""
WITHOUT_CHECK = {"CPR-nummer", "National Insurance number", "Social Security number", "CURP", "الرقم القومي"}


def test_every_scheme_has_an_example():
    assert [scheme.name for scheme in (*SCHEMES, *EVERYWHERE)] == list(EXAMPLES)


@pytest.mark.parametrize("scheme", [*SCHEMES, *EVERYWHERE], ids=lambda scheme: scheme.name)
def test_an_example_fits(scheme):
    match = scheme.pattern.fullmatch(EXAMPLES[scheme.name])
    assert match is not None
    assert scheme.fits(match[0])


@pytest.mark.parametrize(
    "scheme", [one for one in (*SCHEMES, *EVERYWHERE) if one.name not in WITHOUT_CHECK], ids=lambda scheme: scheme.name
)
def test_most_slips_in_an_example_do_not_fit(scheme):
    written = EXAMPLES[scheme.name]
    places = [at for at, one in enumerate(written) if one.isdigit()]
    slips = [written[:at] + str((int(written[at]) + 1) % 10) + written[at + 1 :] for at in places]
    fitting = [slip for slip in slips if scheme.pattern.fullmatch(slip) and scheme.fits(slip)]
    assert len(fitting) <= len(slips) // 4


def test_every_listed_language_has_countries_and_all_but_those_without_a_public_check_a_scheme():
    assert [one for one in sorted(listed_languages()) if not countries_of(one)] == []
    assert [one for one in sorted(listed_languages()) if len(schemes_of(one)) == len(EVERYWHERE)] == []


@pytest.mark.parametrize(
    ("words", "language", "rule"),
    [
        ("Numero on 131052-308T.", "fi", "number:henkilötunnus"),
        ("رقمي ٢٩٠٠١٠١١٢٣٤٥٦٧ هنا", "ar", "number:الرقم القومي"),
        ("کد من ۰۴۹۹۳۷۰۸۹۹ است", "fa", "number:کد ملی"),
        ("my case is 4471-2206", "en", "number:long"),
    ],
)
def test_a_number_is_found_in_any_digits(words, language, rule):
    assert rule in [found for _, found in found_by(find_identity_numbers, words, language)]


@pytest.mark.parametrize("words", ["It cost 20.000 or 1 000 000.", "In 2001-2003.", "I was 12, she 9.", "at 10.30"])
def test_round_sums_years_and_small_numbers_are_left(words):
    assert found_by(find_identity_numbers, words) == []
