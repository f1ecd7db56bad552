"""What only an organisation can answer: each question of ethics.toml, with what its answer is for.

Whatever the settings of a study decide is no question here: the papers say it from the settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WHOLE_KEY = "whole"
"""The answer to how the key is split, if it is not."""


@dataclass(frozen=True, slots=True)
class EthicsQuestion:
    """One setting of ethics.toml: `asks` is a whole question. With `options` the answer is one of these words."""

    table: str
    name: str
    asks: str
    options: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its place in the file, such as `law.basis`."""
        return f"{self.table}.{self.name}"


RISKS: Mapping[str, str] = {
    "distress": "Answering hurts",
    "household": "Somebody at home or nearby finds out",
    "network": "Somebody who runs or watches the network finds out",
    "server": "The server, or whoever runs it, turns against people while they write",
    "seizure": "The server is stolen, searched or seized afterwards",
    "key": "The key gets into wrong hands, or is lost",
    "codes": "A code on paper is found",
    "dataset": "Somebody reads the opened answers who should not",
    "own_words": "People name themselves or others in their own words",
    "leads": "An open answer carries something that leads to abuse material",
    "published": "Somebody is recognised in what is published",
    "reporting": "What people tell puts them or others before the law",
    "audiences": "One survey leads to the other",
    "help": "The help that is offered is not there",
    "translation": "A translation says something else",
    "false_answers": "Made-up answers lead to wrong conclusions",
    "programs": "The programs themselves are changed",
    "staff": "Those who read the answers are harmed by them",
}
"""Risks by name, in the order of the papers. A study has those that its settings bring."""

_TABLES: Mapping[str, Mapping[str, str]] = {
    "organisation": {
        "controller": "Who is the controller: name, legal form, address? If there are several, how do they share the"
        " duties (GDPR, article 26)?",
        "dpo": "Who is the data protection officer, or whoever answers for data protection, and how are they reached?",
        "contact": "How can anyone ask about the study without saying whether they took part?",
        "team": "Who does the study, in which roles, and what do they know of this subject?",
        "funding": "Who pays for the study, and who could have an interest in what comes out?",
        "board": "Which board reviews the study, and under which number?",
        "translations": "Who translates each language, and who checks it?",
        "partners": "Which organisations carry the study with you, and what does each do?",
    },
    "purpose": {
        "purpose": "What is the study for, and what will be done with what it finds?",
        "benefit": "Should people be asked this at all: who gains from it, and why can it not be learnt in a way"
        " that asks less of them?",
        "involvement": "How did people who know this from their own lives take part in making it and trying it out?",
        "recruitment": "How do people hear of it, from whom, in which places?",
        "extent": "How many people do you hope for, and from when until when can they answer?",
        "participants": "Who do you expect to answer, and who may be left out, for instance for want of a connection?",
    },
    "payments": {
        "given": "Does anybody get anything for answering, or for spreading the survey? If so, what, from whom, and how"
        " without learning who answered?",
    },
    "distress": {
        "danger": "What does the team do when an opened answer shows that somebody was or may be in danger?",
        "duties": "Which laws make the organisation or its staff report something, and what does that mean here?",
        "services": "What was agreed with the services that pages name, and how many more calls can they take?",
        "staff": "How are those who read open answers prepared, looked after, and able to stop?",
        "stopping": "What would make you stop the survey early, and who can do so?",
        "incident": "What happens, and who is told by when, after a leak, the loss of a sheet, a complaint?",
    },
    "key": {
        "holders": "Who holds the sheets of the key, by role and organisation, in which countries?",
        "opening": "What is the key brought together for, when, and who is told of it?",
        "destruction": "When and how will the key be destroyed, and who sees to it?",
    },
    "serving": {
        "place": "Where does the server stand, whose is it, and what does the contract with them say?",
        "operators": "Who can change what runs on it, and who checks that?",
    },
    "dataset": {
        "people": "Who works with the opened answers, on which machine, and where is it?",
        "counted_from": "From which day is the time counted after which sealed answers go, and who deletes them?",
        "kept": "Until when are the opened answers kept, and how are they deleted?",
        "sharing": "Is anything but published figures passed on or archived? To whom, in what form, under which rules?",
    },
    "law": {
        "basis": "On which legal basis are personal data processed, as far as there are any (GDPR, article 6)?",
        "special": "Which condition of article 9(2) applies to data on health and sex life, as far as they are"
        " personal?",
        "offences": "What allows the processing of data on offences (GDPR, article 10), as far as they are personal?",
        "necessity": "Why is the processing necessary for the purpose, and in proportion to it?",
        "processors": "Who processes data for the controller, and under which contracts (GDPR, article 28)?",
        "transfers": "Does anything leave the country or the European Economic Area, and on what ground?",
        "rights": "How does the organisation answer somebody who asks for their data, a correction or an erasure?",
        "national": "What do national laws ask beyond this: on research, on offences, on minors, on archives?",
        "authority": "To which supervisory authority can people complain?",
    },
    "assessment": {
        "views": "What did the people concerned, or those who speak for them, say (GDPR, article 35(9))?",
        "advice": "What did the data protection officer advise (GDPR, article 35(2))?",
        "conclusion": "Are the risks that remain acceptable, is the authority asked beforehand (GDPR, article 36), and"
        " who decided that, when?",
        "review": "When is this assessment looked at again?",
    },
}
_CHOSEN: Mapping[str, tuple[EthicsQuestion, ...]] = {
    "key": (
        EthicsQuestion(
            "key",
            "split",
            'How is the key split onto sheets: "2of3" if any two of three open it, "whole" if it is one file?',
        ),
    ),
    "serving": (
        EthicsQuestion("serving", "ways", "How is the survey reached?", ("web", "onion", "both")),
        EthicsQuestion("serving", "database", "In what are sealed answers kept there?", ("sqlite", "postgresql")),
    ),
}
SPLIT = _CHOSEN["key"][0]


def _questions() -> Iterator[EthicsQuestion]:
    for table, asked in _TABLES.items():
        yield from _CHOSEN.get(table, ())
        yield from (EthicsQuestion(table, name, asks) for name, asks in asked.items())
    for name, title in RISKS.items():
        asks = f"{title}: how likely is it here, how grave would it be, and can what remains be answered for?"
        yield EthicsQuestion("risks", name, asks)


ETHICS_QUESTIONS: Mapping[str, EthicsQuestion] = {one.key: one for one in _questions()}
"""All of them by key, in the order of the file."""
