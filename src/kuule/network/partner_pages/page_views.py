"""What each page of a network shows, before any of it is HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kuule.network.partner_events import last_day, study_events
from kuule.network.signatures import SignatureAct, SignatureEntry
from kuule.network.statement_texts import StatementText
from kuule.network.study_network import SignedStatement, StudyNetwork
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.study.folder.partner_files import StudyPartner

WITHOUT_COUNTRY = ""


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A partner in the directory, and the statements that it signed as they are now."""

    partner: StudyPartner
    logo: str
    signed: tuple[SignedStatement, ...]


@dataclass(frozen=True, slots=True)
class SignedText:
    """A text in one language, who signed it, and whether it is a translation of what others signed."""

    text: StatementText
    signers: tuple[StudyPartner, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act of a partner. `lapsed` where the text that it signed is another one now."""

    name: str
    entry: SignatureEntry
    lapsed: bool


def directory_cards(
    network: StudyNetwork, logos: Mapping[str, str], today: date
) -> Mapping[str, tuple[PartnerCard, ...]]:
    """The partners by country, each country by its code; those of no single country come last, below ""."""
    published = published_statements(network, today)
    cards: dict[str, list[PartnerCard]] = {}
    for partner in sorted(network.partners.values(), key=lambda one: (one.name.casefold(), one.code)):
        signed = tuple(one for one in published if partner in one.signers(one.statement.source.tag, network.partners))
        cards.setdefault(partner.country, []).append(PartnerCard(partner, logos.get(partner.code, ""), signed))
    return {code: tuple(cards[code]) for code in sorted(cards, key=lambda code: (code == WITHOUT_COUNTRY, code))}


def published_statements(network: StudyNetwork, today: date) -> tuple[SignedStatement, ...]:
    """The statements that everyone may see: their day has come, and somebody has signed them."""
    return tuple(one for one in network.statements.values() if one.is_published(today, network.partners))


def signed_texts(signed: SignedStatement, network: StudyNetwork) -> tuple[SignedText, ...]:
    """The texts of a statement, the first the one that the others are translated from."""
    return tuple(
        SignedText(text, signed.signers(tag, network.partners)) for tag, text in signed.statement.texts.items()
    )


def statement_history(signed: SignedStatement, network: StudyNetwork) -> Iterator[HistoryLine]:
    """All acts on a statement, the last first. A partner that has left the study is not named any more."""
    source = signed.statement.source
    for entry in reversed(signed.entries):
        partner = network.partners.get(entry.partner)
        if partner is not None:
            is_old = entry.act is SignatureAct.SIGNED and entry.texts.get(source.tag) != source.sha256
            yield HistoryLine(partner.name, entry, is_old)


def event_lists(
    actions: Mapping[str, PlannedAction], network: StudyNetwork, today: date
) -> tuple[tuple[PlannedAction, ...], tuple[PlannedAction, ...]]:
    """The actions of the study that are to come, and those that are past, the last first."""
    own = study_events(actions.values(), network.study.id)
    coming = tuple(one for one in own if last_day(one) >= today)
    return coming, tuple(one for one in reversed(own) if last_day(one) < today)
