"""Numbers by which countries know people: how they are written, their check, and who publishes it.

Where a country is not here, or a number has no check, only `number:long` finds it.
"""

# ruff: noqa: E501 a scheme is a row of a table

from __future__ import annotations

import re
from dataclasses import dataclass

from kuule.qualitative.identifiers import check_digits as check

_S = r"[ \u00a0\u202f.\-/]?"
"""What people put between groups."""


@dataclass(frozen=True, slots=True)
class IdentityScheme:
    """`pattern` is looked for in a text with digits 0-9. `check` is given what was found without spaces and signs."""

    name: str
    countries: tuple[str, ...]
    pattern: re.Pattern[str]
    check: check.Check
    source: str
    keeps_sign: bool = False

    def fits(self, written: str) -> bool:
        """Whether what was found has the right check."""
        kept = written if self.keeps_sign else re.sub(r"[\W_]", "", written)
        return self.check(kept)


def _scheme(
    name: str, countries: str, pattern: str, checked: check.Check, source: str, *, keeps_sign: bool = False
) -> IdentityScheme:
    whole = re.compile(rf"(?<![\w+]){pattern}(?!\w)", re.IGNORECASE)
    return IdentityScheme(name, tuple(countries.split()), whole, checked, source, keeps_sign)


_DDMM = check.day_and_month(0, 2)
_YYMMDD = check.day_and_month(4, 2)
SCHEMES = (
    _scheme("henkilötunnus", "FI", r"\d{6}[-+YXWVUABCDEF]\d{3}[0-9A-Y]", check.meet_all(check.finnish, _DDMM),
            "Digital and Population Data Services Agency, The personal identity code", keeps_sign=True),
    _scheme("personnummer", "SE", r"(?:19|20)?\d{6}[-+]?\d{4}",
            lambda one: check.luhn(one[-10:]) and check.day_and_month(4, 2, day_more=(0, 60))(one[-10:]),
            "Skatteverket, SKV 704 Personnummer; SKV 707 Samordningsnummer"),
    _scheme("fødselsnummer", "NO", rf"\d{{6}}{_S}\d{{5}}",
            check.meet_all(check.norwegian, check.day_and_month(0, 2, more=(0, 40, 80), day_more=(0, 40))),
            "Skatteetaten, Fødselsnummer og D-nummer, and its change for 2032"),
    _scheme("CPR-nummer", "DK", r"\d{6}[- ]?\d{4}", _DDMM, "CPR-kontoret, Personnummeret i CPR (no check since 2007)"),
    _scheme("kennitala", "IS", r"\d{6}[- ]?\d{4}",
            check.meet_all(check.complement_mod_11((3, 2, 7, 6, 5, 4, 3, 2), at=8), _DDMM),
            "Þjóðskrá, Um kennitölur"),
    _scheme("isikukood", "EE", r"[1-8]\d{10}", check.meet_all(check.baltic, check.day_and_month(5, 3)),
            "Riigi Teataja, Isikukoodi moodustamise kord"),
    _scheme("asmens kodas", "LT", r"[1-6]\d{10}", check.baltic, "Gyventojų registro įstatymas, Asmens kodas"),
    _scheme("personas kods", "LV", r"\d{6}-?\d{5}",
            lambda one: one.startswith("32") or (
                (1101 - check.weighted_sum(one, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11 == int(one[-1]) and _DDMM(one)),
            "Pilsonības un migrācijas lietu pārvalde, Personas kods (from 2017 on without a date, from 32)"),
    _scheme("PESEL", "PL", r"\d{11}", check.meet_all(check.complement_mod_10((1, 3, 7, 9, 1, 3, 7, 9, 1, 3)),
            check.day_and_month(4, 2, more=(0, 20, 40, 60, 80))), "gov.pl, Czym jest numer PESEL"),
    _scheme("rodné číslo", "CZ SK", r"\d{6}/?\d{3,4}",
            check.meet_all(check.czech, check.day_and_month(4, 2, more=(0, 20, 50, 70))),
            "Zákon 133/2000 Sb., § 13; Zákon 301/1995 Z. z."),
    _scheme("személyi azonosító", "HU", rf"[1-8]{_S}\d{{6}}{_S}\d{{4}}", check.meet_all(check.day_and_month(5, 3), check.meet_any(
        check.weights_mod_11(range(1, 11)), check.weights_mod_11(range(10, 0, -1)))), "1996. évi XX. törvény, melléklet"),
    _scheme("TAJ szám", "HU", r"\d{3}[ -]?\d{3}[ -]?\d{3}",
            lambda one: check.weighted_sum(one[:8], (3, 7) * 4) % 10 == int(one[8]), "1996. évi XX. törvény, melléklet"),
    _scheme("CNP", "RO", r"[1-9]\d{12}", check.meet_all(check.weights_mod_11((2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), ten=1),
            check.day_and_month(5, 3)), "Legea 105/1996; Codul numeric personal"),
    _scheme("IDNP", "MD", r"[029]\d{12}", check.complement_mod_10((7, 3, 1) * 4), "Agenția Servicii Publice, IDNP"),
    _scheme("ЕГН", "BG", r"\d{10}", check.meet_all(check.weights_mod_11((2, 4, 8, 5, 10, 9, 7, 3, 6), ten=0),
            check.day_and_month(4, 2, more=(0, 20, 40))), "ГРАО, Единен граждански номер"),
    _scheme("OIB", "HR", r"\d{11}", check.mod_11_10, "Zakon o osobnom identifikacijskom broju"),
    _scheme("EMŠO, JMBG", "SI HR RS BA ME", r"\d{13}",
            check.meet_all(check.complement_mod_11((7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), ten=0), _DDMM),
            "Uredba o načinu določanja osebne identifikacijske številke"),
    _scheme("ΑΜΚΑ", "GR", r"\d{11}", check.meet_all(check.luhn, _DDMM), "amka.gr, Τι είναι ο ΑΜΚΑ"),
    _scheme("codice fiscale", "IT", r"[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]", check.italian,
            "D.M. 12 marzo 1974, n. 2227"),
    _scheme("DNI, NIE", "ES", rf"(?:\d{{8}}|[XYZ]{_S}\d{{7}}){_S}[A-Z]", check.spanish,
            "Ministerio del Interior, Cálculo del dígito de control del NIF/NIE"),
    _scheme("cartão de cidadão", "PT", rf"\d{{8}}{_S}\d{_S}[A-Z0-9]{{2}}{_S}\d", check.portuguese,
            "autenticacao.gov.pt, Validação de Número de Documento do Cartão de Cidadão"),
    _scheme("NIF", "PT", rf"[1-3]\d{{2}}{_S}\d{{3}}{_S}\d{{3}}", check.complement_mod_11(range(9, 1, -1), ten=0),
            "Autoridade Tributária e Aduaneira; Decreto-Lei 14/2013"),
    _scheme("CPF", "BR", rf"\d{{3}}{_S}\d{{3}}{_S}\d{{3}}{_S}\d{{2}}", check.meet_all(
        check.complement_mod_11(range(10, 1, -1), ten=0, at=-2),
        check.complement_mod_11(range(11, 1, -1), ten=0)), "Receita Federal, CPF"),
    _scheme("numéro de sécurité sociale", "FR",
            rf"[1-478]{_S}\d{{2}}{_S}\d{{2}}{_S}(?:\d{{2}}|2[AB]){_S}\d{{3}}{_S}\d{{3}}{_S}\d{{2}}", check.french,
            "INSEE, Numéro d'inscription au répertoire"),
    _scheme("rijksregisternummer", "BE", rf"\d{{2}}{_S}\d{{2}}{_S}\d{{2}}{_S}\d{{3}}{_S}\d{{2}}", check.belgian,
            "ibz, IT000 Rijksregisternummer"),
    _scheme("BSN", "NL", rf"\d{{4}}{_S}\d{{2}}{_S}\d{{3}}",
            lambda one: check.weighted_sum(one, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0, "RvIG, Burgerservicenummer, elfproef"),
    _scheme("Steuer-ID", "DE", rf"[1-9]\d{_S}\d{{3}}{_S}\d{{3}}{_S}\d{{3}}", check.german, "BZSt, Steuerliche Identifikationsnummer"),
    _scheme("Sozialversicherungsnummer", "AT", rf"[1-9]\d{{3}}{_S}\d{{6}}",
            lambda one: check.weighted_sum(one, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 == int(one[3]),
            "Österreichische Sozialversicherung, Versicherungsnummer"),
    _scheme("AHV-Nummer", "CH", rf"756{_S}\d{{4}}{_S}\d{{4}}{_S}\d{{2}}", check.complement_mod_10((1, 3) * 6),
            "ZAS, AHV-Nummer (EAN-13)"),
    _scheme("matricule national", "LU", r"(?:18|19|20)\d{2}[01]\d[0-3]\d\d{5}", lambda one: check.luhn(one[:12]),
            "Loi du 19 juin 2013; the second check digit is not looked at"),
    _scheme("PPS number", "IE", r"\d{7}[A-W][A-IW]?", check.irish, "gov.ie, Personal Public Service Number"),
    _scheme("NHS number", "GB", rf"\d{{3}}{_S}\d{{3}}{_S}\d{{4}}", check.complement_mod_11(range(10, 1, -1), ten=None),
            "NHS Data Dictionary, NHS Number"),
    _scheme("National Insurance number", "GB", rf"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]{_S}\d{{2}}{_S}\d{{2}}{_S}\d{{2}}{_S}[A-D]",
            lambda _: True, "HMRC, NIM39110 (no check)"),
    _scheme("Social Security number", "US", r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", lambda _: True,
            "Social Security Administration (no check)"),
    _scheme("Social Insurance Number", "CA", r"[1-79]\d{2}[ -]?\d{3}[ -]?\d{3}", check.luhn, "canada.ca, Social Insurance Number"),
    _scheme("tax file number", "AU", r"\d{3} ?\d{3} ?\d{3}",
            lambda one: check.weighted_sum(one, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0, "Australian Taxation Office"),
    _scheme("CURP", "MX", r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d", check.day_and_month(8, 6), "gob.mx, CURP (date only)"),
    _scheme("RUT", "CL", r"\d{1,2}\.?\d{3}\.?\d{3}-[\dK]", check.chilean, "Registro Civil, RUN"),
    _scheme("СНИЛС", "RU", rf"\d{{3}}{_S}\d{{3}}{_S}\d{{3}}{_S}\d{{2}}", check.russian_pension, "Социальный фонд России, СНИЛС"),
    _scheme("ИНН", "RU", r"\d{12}", check.russian_tax, "ФНС России, ИНН физического лица"),
    _scheme("РНОКПП", "UA", r"\d{10}",
            lambda one: check.weighted_sum(one, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == int(one[-1]),
            "Державна податкова служба, РНОКПП"),
    _scheme("T.C. kimlik no", "TR", r"[1-9]\d{10}", check.turkish, "Nüfus ve Vatandaşlık İşleri, T.C. Kimlik No"),
    _scheme("کد ملی", "IR", rf"\d{{3}}{_S}\d{{6}}{_S}\d", check.iranian, "Civil registration of Iran, national code"),
    _scheme("الرقم القومي", "EG", r"[23]\d{2}[01]\d[0-3]\d\d{7}", check.day_and_month(5, 3), "Egypt, national number (date only)"),
    _scheme("رقم الهوية", "SA", r"[12]\d{9}", check.luhn, "Saudi Arabia, national and residence number"),
    _scheme("Emirates ID", "AE", r"784-?(?:19|20)\d{2}-?\d{7}-?\d", check.luhn, "ICP, Emirates ID"),
    _scheme("الرقم المدني", "KW", r"[23]\d{11}",
            lambda one: 11 - check.weighted_sum(one, (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11 == int(one[-1]),
            "PACI, civil number"),
)  # fmt: skip
EVERYWHERE = (
    _scheme(
        "IBAN", "", rf"[A-Z]{{2}}\d{{2}}(?:{_S}[A-Z0-9]{{4}}){{2,7}}(?:{_S}[A-Z0-9]{{1,3}})?", check.iban, "ISO 13616"
    ),
    _scheme("payment card", "", r"[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}", check.luhn, "ISO/IEC 7812-1"),
)
"""What does not belong to one country."""
