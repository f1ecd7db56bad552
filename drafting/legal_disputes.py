"""What the sources of the register of law disagree on, by country and provision. Nobody has decided any of it."""

from __future__ import annotations

from collections.abc import Mapping

DISPUTES: Mapping[tuple[str, str], str] = {
    ("BG", "limitation-criminal"): (
        "A copy of the statute has the clock start at majority (State Gazette 32/2026) and 20 years (39/2024). "
        "The press table of December 2025 has it start at the offence. The statute is younger, so the table seems "
        "to be overtaken; the copy is an unofficial consolidation."
    ),
    ("BG", "limitation-ranking-2025"): (
        "The ranking is older than the change of 2026 that a copy of the statute shows (State Gazette 32/2026)."
    ),
    ("EE", "limitation-criminal"): (
        "The press table says abolished for the gravest. By the statute that holds only for repeat offenders who "
        "face life imprisonment; all others have 10 or 5 years, suspended until 18."
    ),
    ("LV", "limitation-criminal"): (
        "The press table says abolished for the gravest. By the statute a court decides after 30 years from "
        "majority, which is no abolition."
    ),
    ("SI", "limitation-criminal"): (
        "A ministry's reply of 2022 has 20 or 30 years from majority with an outer cap. The press table of 2025 "
        "says abolished for the gravest. A later amendment has to be looked for."
    ),
    ("HR", "limitation-criminal"): (
        "Bills of 2018 and of 2023 both ask for limits to be repealed. The press table of 2025 says that they "
        "are, for the gravest. The article of the statute (81) was not seen."
    ),
    ("HU", "limitation-criminal"): (
        "Limits were first abolished in December 2014 for some offences, and in July 2024 for all against people "
        "under 18. A university's table still shows the age of 23."
    ),
    ("PT", "limitation-criminal"): "Not before 25 since Lei 4/2024. A law firm's page still says 23.",
    ("ES", "limitation-criminal"): "Two academic sources have the clock start at 35, and one law firm at 18.",
    ("AT", "limitation-criminal"): (
        "The start at 28 is in force since 1 January 2010 by one source, and since June 2009 by another."
    ),
    ("SK", "limitation-criminal"): (
        "By a copy of the statute the listed offences end at 21 at the earliest, and rape is not among them. The "
        "copy may be older than a later reform. The press table of 2025 names only a clock that starts at the "
        "offence."
    ),
    ("FI", "limitation-criminal"): (
        "Official pages and a motion in parliament, all older than the reform of 2023, say not before 28. The "
        "press table of 2025 has the clock start at the offence. The present text (chapter 8) was not read."
    ),
    ("IE", "limitation-civil"): (
        "Two ministers answered parliament on the same day: two years, and three years. The present text was not read."
    ),
    ("FR", "duty-to-report-everyone"): (
        "The table of 2014 lists no specific duty of everyone. Article 434-3 of the Code penal binds anyone who knows."
    ),
    ("CY", "age-of-consent"): "17 in the law of 2014, and 16 in the Criminal Code, as one organisation reads them.",
    ("PL", "limitation-criminal"): (
        "Sources say that offences which they call paedophile are never barred since October 2023. Which offences "
        "those are they do not say. Of the present article 101(4) only the beginning was seen, without its age, and of "
        "article 105 nothing."
    ),
}
