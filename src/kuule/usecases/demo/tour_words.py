"""Every word of the tour, in one table of whole sentences. They are English so far; a draft in another language is
another table with the same names.

What stands in braces is filled in: an address, a number, a folder. Markup stands in the template alone.
"""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGE = "en"
WORDS: Mapping[str, str] = {
    "name": "Kuule",
    "skip": "Skip to the text",
    "title": "Try Kuule in a few minutes",
    "practice": "This is practice. The people who answer do not exist, and what you type stays on this machine.",
    "lead": "Look at a survey from each side: as somebody who answers it, as a partner who spreads it, as a minister "
    "who reads what came of it, and as an analyst who opens the answers. Then begin your own.",
    "in_making": "Some of this is still being made. Load the page again to see what has come.",
    "all_made": "All of it is ready.",
    "reload": "Load this page again",
    "ready": "Ready",
    "not_yet": "Being made",
    "not_made": "Could not be made",
    "commands": "Copy the lines below into a second terminal, in the folder {folder}. One click marks a line whole.",
    "person": "Answer as a person",
    "person_what": "The survey, as it would be on a phone. Skip what you like, try another language, send it. Script "
    "may be switched off.",
    "person_open": "Open the survey",
    "person_wait": "The survey opens about five seconds after the start, on a machine that does nothing else.",
    "person_crowd": "{people} people who do not exist answer beside you.",
    "partner": "Look as a partner",
    "partner_what": "Partners translate the survey and spread it. They see how far each language is, and lower bounds "
    "of how many people came. Nobody there can see an answer.",
    "partner_how": "This line prints a link for you, and then opens the site at {address}. Follow the link, choose a "
    "name and a password, and set up an app that shows codes. Ctrl-C closes the site.",
    "partner_wait": "A copy of the study for you to translate is made after the first report.",
    "minister": "Read as a minister",
    "minister_what": "The report: what the practice answers say, with small groups left out. This is what would be "
    "given to the people who decide.",
    "minister_open": "Open the report",
    "minister_pdf": "Open it as a PDF",
    "minister_wait": "The first report is made once {first} people have come, or fewer on a slow machine: half a "
    "minute after the start, on a machine that does nothing else.",
    "minister_more": "{people} people had come when it was made. After you have sent an answer of your own, press "
    "Enter in the first terminal, and load the report again: you are counted.",
    "analyst": "Open as an analyst",
    "analyst_what": "Sealed answers, the key that opens them, and what they become. In a real study the key is on "
    "sheets of paper, which several people hold.",
    "analyst_archive": "The sealed answers",
    "analyst_key": "The secret key",
    "analyst_dataset": "The answers, opened",
    "analyst_codebook": "Read the codebook: what each variable means",
    "analyst_wait": "All of this is made with the first report.",
    "analyst_open": "Open the sealed answers yourself",
    "analyst_export": "Export them as CSV for a program of yours, with a codebook and first steps in R",
    "analyst_care": "Whoever holds the opened answers can read them. Here they are made up.",
    "own": "Begin your own",
    "own_what": "A study is a folder. This line asks you a few questions and makes one. Then it shows your survey at "
    "{address}, and again each time you save a file.",
    "own_tutorial": "Read the tutorial: from nothing to a published report in under an hour",
    "own_elsewhere": "The tutorial, from nothing to a published report in under an hour, is in the documentation of "
    "Kuule: docs/tutorial/your-own-survey.md.",
    "tutorial": "Your own survey",
    "back": "Back to the tour",
    "ending": "Ctrl-C in the first terminal ends all of this. What was made stays in {folder} until the demo starts "
    "again, which empties that folder.",
}
