"""Texts without contacts, of which nothing may be taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kuule.languages.gettext.po_parsing import parse_po

STUDIES = Path(__file__).parents[2] / "studies"
ORDINARY = (
    "I lived near Amsterdam.De buurt was stil.",
    "I was 12 when it began, in 2003, and it went on until 2007.",
    "It was 2001-2003. Then it stopped.",
    "I called 116 111 and nobody answered.",
    "i was sad.then i told my mother",
    "It ended.In the morning I was alone.",
    "He was 40, I was 9.",
    "At 10.30 in the evening, or 22:15.",
    "e.g. at school, i.e. at home, z.B. zu Hause, t.ex. hemma, p.ej. en casa",
    "I don't know... maybe later... no",
    "50% of the time, 3/4 of my life",
    "On 12.05.2004 and 2004-05-12 and 5/12/2004.",
    "she/her, boyfriend/girlfriend, and/or",
    "Mr. Smith and Dr. Jones and St. Anna",
    "I tried to stop: first for a day, then a week: it helped.",
    "I saw it by accident. Net was new to us then.",
    "I felt 10/10 bad",
    "Kaksikymmentäkuusivuotiaana kerroin ensimmäisen kerran.",
    "Rechtsschutzversicherungsgesellschaften halfen nicht.",
    "Het arbeidsongeschiktheidsverzekeringskantoor belde terug.",
    "Я не знаю, кому можно сказать. Мне было 11 лет.",
    "لا أعرف من يمكنني أن أخبره",
    "En ese punto su vida cambió. A este punto no sé.",
    "A quel punto io ero solo.",
    "Au point où j’en suis, un point net.",
    "Im Punkt A war ich allein.",
    "It cost 1 000 000 and then 20.000.000 and 1,000,000.",
    "#metoo helped me",
    "I told the police! They said: wait.",
    "pls help me!!!!!!!!!!!!!!!!!!",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "hahahahahahahahahahaha",
    "nooooooooooooooooooo",
    "The signal was lost. The line is busy.",
    "My session is on Monday.",
    "I saw it on the internet, at home, at 14",
    "In 1999/2000 and 2010–2012",
    "I have no one to tell @ home",
    "My e-mail was full",
    "5 - 6 times a week, 2-3 hours",
    "a b c d e f",
    "U.S.A. and U.K. and EU",
    "COVID-19 made it worse",
    "He said “stop” and I stopped.",
    "She is 1.65 m and I am 1.80 m.",
)
"""Sentences as people type them, with what looks most like a contact."""


def ordinary_texts() -> Iterator[str]:
    """Texts without contacts: those above, and all texts of the studies that ship, in every language."""
    yield from ORDINARY
    for file in sorted(STUDIES.glob("*/languages/*.po")):
        yield from (entry.msgstr for entry in parse_po(file) if entry.msgstr and "{" not in entry.msgstr)
