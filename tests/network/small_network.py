"""A small study with two partners, a statement in two languages and a launch."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kuule.network.signatures import sign_statement
from kuule.network.statement_texts import Statement, read_statement
from tests.study.folder.test_partner_files import write_partner
from tests.study.small_study import SETTINGS, make_study

LINKS = '\n[links.partners]\nk7 = "ChildX"\nm3 = "A radio station"\n'
EN = "Time limits should not end before people can speak\n\nWe ask for one thing.\n\nAnd we ask it together.\n"
SV = "Preskription\n\nVi ber om en sak.\n"
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


def make_network(folder: Path) -> Path:
    """The study's folder."""
    study = make_study(folder, settings=SETTINGS + LINKS)
    write_partner(
        study,
        "childx",
        'name = "ChildX"\ncountry = "SE"\nlanguages = ["sv"]\nlinks = ["k7"]\nrole = "runs a helpline"\n'
        'website = "https://childx.example.org"\ncontact = "survey@childx.example.org"\n'
        'agreed = ["translating", "speaking"]\n',
    )
    write_partner(study, "radio", 'name = "A radio station"\ncountry = "FI"\nlanguages = ["en"]\nlinks = ["m3"]\n')
    write_statement(study, "time-limits", 'languages = ["en", "sv"]\n', en=EN, sv=SV)
    return study


def write_statement(study: Path, name: str, settings: str, **texts: str) -> Path:
    """A statement's folder."""
    folder = study / "statements" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "statement.toml").write_text(settings, "utf-8")
    for tag, text in texts.items():
        (folder / f"{tag}.txt").write_text(text, "utf-8")
    return folder


def sign(study: Path, partner: str, name: str = "time-limits", at: datetime = AT) -> Statement:
    """A partner signs what is there now."""
    return sign_statement(study, name, partner, mark=read_statement(study, name).mark, at=at)
