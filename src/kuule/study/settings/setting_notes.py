"""What each setting of a study is for, in a sentence or two: in the JSON Schema of its file, and as remarks in the
files that `kuule new` writes. docs/reference/study.md says more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingNote:
    """`says` is for people. `example` is a value in TOML, for a setting that has no default or an empty one."""

    says: str
    example: str = ""


_STUDY = {
    "id": SettingNote("The study's name in every edition and dataset. Never change it once answers were given."),
    "title": SettingNote("What respondents and readers of the report see. Translated."),
    "organisation": SettingNote("Who runs the study. Translated."),
    "audience": SettingNote("Who is asked: survivors, offenders or public. Decides which services are shown."),
    "minimum_age": SettingNote("In years. Above 0 the form needs a question on age, named in [gates.age]."),
    "source_language": SettingNote("The language of the form and of this file. It comes first in [languages]."),
    "discreet": SettingNote(
        "With true, the browser's tab and history have discreet_title; with false, the title.", "true"
    ),
    "discreet_title": SettingNote("The title of the browser's tab. It names no subject. Translated."),
    "translate": SettingNote(
        "With true, a browser may offer to translate the pages. What is on them, and what people write, then goes to "
        "those who make the browser."
    ),
    "retention_days": SettingNote(
        "So many days after the survey has closed you undertake to have deleted the sealed answers, on the collector "
        "and in archives. A timer says when they are due."
    ),
    "welcome.name": SettingNote(
        "The heading of the first page, up to 40 characters. It names no subject.", '"A survey"'
    ),
    "welcome.for_whom": SettingNote(
        "One sentence below it, up to 160 characters: who the study asks, and about what.", '"A survey of adults who …"'
    ),
    "after.results_by": SettingNote("The day by which results are published. Only if it is certain.", "2029-06-30"),
    "after.results_at": SettingNote("Where they will be.", '"https://example.org/results"'),
    "languages.*.leave_to": SettingNote('Where "Leave this page now" goes: an ordinary page in this language.'),
    "languages.*.state": SettingNote(
        "Only for the source language: how far the wording itself is. Below [opening] state, every page says it is a "
        "draft."
    ),
    "languages.*.origin": SettingNote("Only for the source language: person, or machine if a machine worded it."),
    "opening.state": SettingNote(
        "From this state on a language opens to the public. What a language lacks, `kuule check` says."
    ),
    "gates.consent.question": SettingNote("The question on consent, which everyone answers first.", '"consent"'),
    "gates.consent.answer": SettingNote(
        "The answer with which people go on. Any other one ends the visit kindly.", '"yes"'
    ),
    "gates.age.question": SettingNote("The question on age. Consent and age alone may be required.", '"adult"'),
    "gates.age.answer": SettingNote("The answer with which people go on.", '"yes"'),
    "answers.territories": SettingNote(
        "Lists of the form whose choices are countries, as codes like SE. They are named and sorted in each language.",
        '["country"]',
    ),
    "answers.ordered": SettingNote("Lists of the form that are scales, so that charts keep their order.", '["scale"]'),
    "answers.open_text": SettingNote(
        "Every question with free text. They are kept apart, and left out of exports unless named.", '["wish"]'
    ),
    "answers.sensitive": SettingNote(
        "Questions that can hurt or expose. Each offers prefer_not_to_say; their section begins with a note and a way "
        "round.",
        '["told"]',
    ),
    "answers.routing": SettingNote(
        "Questions that only choose the way through the form and say nothing of a life.", '["way_on"]'
    ),
    "answers.longest_text": SettingNote(
        "Characters that a long free text may have. It decides the size of all answers."
    ),
    "answers.strip": SettingNote(
        "What is taken out of free text before it is sealed. For offenders it is all of it, always.",
        '["links", "mail"]',
    ),
    "disclosure.smallest_base": SettingNote("No table is published about fewer people. 30 is the floor."),
    "disclosure.smallest_count": SettingNote('A smaller number is "fewer than 10". 10 is the floor.'),
    "disclosure.noise_variance": SettingNote("How much chance moves every published number. 3 is the floor."),
    "disclosure.noise_bound": SettingNote("How far it can move one, either way. 5 is the floor."),
    "help.countries": SettingNote(
        "The countries in which you spread the survey. In each, a person checks who helps before anyone is asked.",
        '["SE", "FI"]',
    ),
    "help.checked_within_months": SettingNote("For how long such a check counts."),
    "help.level": SettingNote(
        "full, or none for a study that can put nobody in danger and touches nothing that hurts."
    ),
    "help.register": SettingNote(
        'The folder of a register of law, for the page "Until when can I report?".', '"../../registers/csa-law-europe"'
    ),
    "help.waivers.*.*.gender": SettingNote("For whom no service was found: women, men, or any for both."),
    "help.waivers.*.*.reason": SettingNote("Why you ask in this country without such a service.", '"none was found"'),
    "help.waivers.*.*.by": SettingNote("Who decided it: a role, not a name.", '"research lead"'),
    "help.waivers.*.*.on": SettingNote("When.", "2027-03-01"),
    "links.on": SettingNote("Whether links of partners count. With false every code is ignored."),
    "links.partners.*": SettingNote("The partner who spreads the link with this code. No page shows the name."),
    "leave_to_quote.*.answers": SettingNote("The answers that say yes: what was written may be quoted.", '["yes"]'),
    "leave_to_quote.*.texts": SettingNote("The questions whose texts it is about. None: all that ask for own words."),
    "counts.on": SettingNote("Whether partners see counts by language and by link, in whole tens, at most daily."),
    "counts.help_opened": SettingNote("Whether openings of the help page are counted, in one number."),
    "groups.*.title": SettingNote("The heading of this cut in tables of the report. Translated.", '"Age"'),
    "groups.*.question": SettingNote("The question whose answers it groups.", '"age_band"'),
    "groups.*.members.*.title": SettingNote("The name of this group. Translated.", '"18 to 34"'),
    "groups.*.members.*.values": SettingNote("The answers in it, each in one group only.", '["18_to_24", "25_to_34"]'),
    "groups.*.members.*.rest": SettingNote("With true: every answer that no other group names."),
    "coming_back.pause_days": SettingNote(
        "For how many days a paused visit is kept, sealed to a code. 0: nobody can pause.", "14"
    ),
    "coming_back.withdraw_until": SettingNote(
        "The last day on which people can withdraw their answers. The dataset is locked after it. Without it nobody "
        "can, and every page says so.",
        "2028-12-31",
    ),
    "field_period.opens": SettingNote("The first day on which people can answer. None: from the start.", "2027-03-01"),
    "field_period.closes": SettingNote(
        "The last day on which somebody can begin. None: until you close it.", "2028-02-29"
    ),
    "field_period.finish_days": SettingNote("For how many days after that those in the middle may finish."),
    "field_period.soft_launch.languages": SettingNote(
        "Languages in which people may begin before all others.", '["en"]'
    ),
    "field_period.soft_launch.links": SettingNote("Partners' links by which people may begin before all others."),
    "field_period.soft_launch.cap": SettingNote(
        "At so many responses, in whole tens, the soft launch takes no more visits. 0: no limit."
    ),
    "adaptations.*.*": SettingNote(
        "Why this text says something else in this language, under the same code.", '"another school system"'
    ),
    "cleaning.empty": SettingNote("With true, visits without any answer are set aside. Nothing is deleted."),
    "cleaning.flags": SettingNote(
        "Signs of a program that set a response aside.", '["hidden_field_filled", "faster_than_reading"]'
    ),
    "cleaning.doubles_from": SettingNote("From so many equal answers, a response like another is set aside. 0: never."),
    "cleaning.straight_lines.*.questions": SettingNote(
        "Questions of one list; the same answer to all of them sets a response aside.", '["one", "two", "three"]'
    ),
    "cleaning.contradictions.*.*": SettingNote("Answers that cannot be true together.", '["never"]'),
    "identity.colour": SettingNote("Your colour in the report, on light ground.", '"#1f4f48"'),
    "identity.colour_dark": SettingNote("The same on dark ground.", '"#9fd8cf"'),
    "identity.partners.*.name": SettingNote("A partner who is named on the report.", '"First Partner"'),
    "identity.partners.*.logo": SettingNote("The partner's logo, a PNG in the folder identity.", '"partner.png"'),
    "publication.country": SettingNote("The question whose answers are countries.", '"residence"'),
    "publication.by_country": SettingNote("Questions that a release also shows by country.", '["told"]'),
    "publication.by_language": SettingNote("Questions that a release also shows by language.", '["told"]'),
    "pooled.*.editions": SettingNote("Earlier editions that asked the same in other words.", '["3f2a91c0"]'),
    "pooled.*.why": SettingNote("Why it is the same question.", '"A comma was added."'),
}
_REHEARSAL = {
    "answers.*.*": SettingNote("How often this answer is given. Only the proportions count.", "50"),
    "texts.*": SettingNote("What people who do not exist write there, in any language.", '["Practice text."]'),
    "texts.*.*": SettingNote("The same, for one language."),
    "languages.*": SettingNote("How often people answer in this language. Only the proportions count.", "50"),
    "pass_over": SettingNote("The chance that a question is skipped."),
    "stop_early": SettingNote("The chance, at each page, to stop there and send."),
    "leave": SettingNote("The chance, at each page, to leave without sending."),
    "pause": SettingNote("The chance, at each page, to pause and come back with the code."),
    "withdraw": SettingNote("The chance that answers are withdrawn with their code."),
}
_ANALYSIS = {
    "table.item": SettingNote("The question that is counted.", '"told"'),
    "table.by": SettingNote("The cut it is counted by; everyone together without it.", '"age_group"'),
    "table.within": SettingNote("Cuts within which it is compared, each on its own.", '["gender"]'),
    "table.against": SettingNote("The group that the others are compared with; the first without it.", '"woman"'),
    "table.why": SettingNote("The question behind the table, in your words.", '"Do younger people tell more often?"'),
}
NOTES: Mapping[str, Mapping[str, SettingNote]] = {
    "study.toml": _STUDY,
    "rehearsal.toml": _REHEARSAL,
    "analysis.toml": _ANALYSIS,
}
"""By the name of the file and the path of the setting, with `*` for each name of the study's own choosing."""
_FILES = {
    "study.toml": "The settings of a study.",
    "rehearsal.toml": "How people who do not exist answer when the study is rehearsed.",
    "analysis.toml": "What will be compared, written before anyone answers.",
}
TABLE_NOTES: Mapping[str, str] = {
    "welcome": "What the first page says of the study.",
    "after": "What the page after sending says of what comes next. Leave out what is not certain.",
    "languages": "One line a language. Each but the first has a file languages/<tag>.po.",
    "opening": "",
    "gates": "Consent and age: the two questions that decide whether somebody goes on.",
    "answers": "What the form does not say about its answers.",
    "help": "The services that the page Find help lists.",
    "coming_back": "",
    "field_period": "From which day to which people can answer, and who may begin first.",
    "links": "Links by which partners spread the survey.",
    "counts": "What partners see while the survey is open.",
    "cleaning": "What is set aside before anything is counted. Decide it before anyone answers.",
    "disclosure": "How small a published number may be.",
    "publication": "What a release also shows by country and by language.",
    "identity": "How the report looks.",
    "groups": "Cuts of the report: the answers to one question, in groups large enough to publish.",
    "adaptations": "Texts that say something else in a language on purpose.",
    "pooled": "Questions that an earlier edition asked in other words.",
    "leave_to_quote": "Which question asks whether what somebody wrote may be quoted.",
}
"""What each table of study.toml is, in the order in which `kuule new` writes them."""


def file_note(file: str) -> str:
    """What a file is, in one sentence."""
    return _FILES[file]
