"""A folder of the workbench's words in which a few are translated, into Finnish and Arabic."""

from __future__ import annotations

import shutil
from pathlib import Path

from kuule.languages.gettext.catalogue import po_bytes, read_pot
from kuule.languages.workflow.entries import Catalogue, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.workbench.member_words.workbench_words import WORDS_PREFIX, WORKBENCH_TEMPLATE

TRANSLATED = {
    "fi": {
        "sign_in": "Kirjaudu sisään",
        "sign_in_mismatch": "Nimi ja salasana eivät kuulu yhteen.",
        "password_short": "Salasana on liian lyhyt: vähintään {number} merkkiä.",
        "join": "Sinut on kutsuttu",
        "account_title": "Oma tili",
        "account_language_done": "Sivusto puhuu nyt kieltäsi.",
        "way_home": "Oma osuutesi",
        "codes_left": "Jäljellä {left}/{total}.",
        "board_before": "ennen {day}",
        "removed": "{name} ei voi enää kirjautua.",
        "drafted": "Kone on kääntänyt nämä sanat.",
        "account_codes_app": "Koodisovellus",
        "account_passkey_row": "avainkoodi",
        "audit_on_answers": "sinetöityjä vastauksia: {number}",
        "audit_on_ended": "tutkimus on päättynyt",
        "audit_on_instead": "tiedoston {digest} tilalla",
        "audit_on_key": "avain {fingerprint}",
        "audit_on_no_links": "ei linkkejä",
        "audit_on_role": "{before}, nyt {after}",
        "codes": "Varakoodit",
        "role_coder": "koodaaja",
        "role_lead": "vetäjä",
        "role_translator": "kääntäjä",
        "role_viewer": "katselija",
        "study_edition": "Versio {edition}",
        "study_print_since": "Mikä on muuttunut version {edition} jälkeen",
    },
    "ar": {
        "sign_in": "تسجيل الدخول",
        "sign_out_ask": "تسجيل الخروج؟",
        "hint_day": "يوم: 2026-05-31.",
        "removed": "لم يعد {name} قادرًا على الدخول.",
    },
}


def make_words(folder: Path) -> Path:
    """The English template and two PO files, drafts by a machine."""
    folder.mkdir(parents=True)
    shutil.copy(WORKBENCH_TEMPLATE, folder)
    for tag, texts in TRANSLATED.items():
        entries = {one.key: untranslated_entry(one) for one in read_pot(folder / "interface.pot")}
        for name, text in texts.items():
            entry = entries[f"{WORDS_PREFIX}{name}"]
            made = with_translation(entry, text, state=State.DRAFT_ONE, origin=TextOrigin.MACHINE)
            entries[entry.key] = made
        (folder / f"{tag}.po").write_bytes(po_bytes(Catalogue(tag, entries)))
    return folder
