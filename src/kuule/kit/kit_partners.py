"""For whom a kit is made: which partner, in which of its languages, with which of its links and which logo."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kuule.core.problems import Problem, raise_errors
from kuule.core.suggestions import did_you_mean
from kuule.kit.kit_problems import KitError
from kuule.study.folder.partner_files import PARTNERS_FOLDER, StudyPartner
from kuule.study.media.partner_logos import PartnerLogo, read_partner_logos
from kuule.study.settings.identity_settings import IdentityPartner, IdentitySettings
from kuule.study.settings.study_settings import Study


@dataclass(frozen=True, slots=True)
class KitPartner:
    """A partner as its pieces show it. `link` is the code in the address, `languages` those of the kit; `logo` has no
    content where there is none."""

    code: str
    name: str
    country: str
    link: str
    languages: tuple[str, ...]
    logo: PartnerLogo
    help: str = ""


def choose_partners(
    folder: Path,
    settings: Study,
    partners: Mapping[str, StudyPartner],
    *,
    wanted: Sequence[str],
    languages: Sequence[str],
    switched_off: Collection[str] = (),
) -> tuple[KitPartner, ...]:
    """The partners that are `wanted` (all of them, if none is named), each with its languages, or those of `languages`.

    `switched_off` are links that are off at the workbench: a partner with another one that is on gets that.

    Raises KitError KIT_010 (no such partner), KIT_011 (no language, or one that the study does not have), KIT_012 (a
    link that is not the study's, or links are off), KIT_013 (two partners with one code), KIT_014 (a logo that is not
    taken), KIT_040 (a link that is switched off).
    """
    problems = list(_unknown(partners, wanted))
    chosen = [one for one in partners.values() if not wanted or one.code in wanted or set(one.links) & set(wanted)]
    problems += _shared_links(partners.values())
    for partner in chosen:
        problems += _language_problems(partner, settings, languages)
        problems += _link_problems(partner, settings, _used_link(partner, wanted, switched_off), switched_off)
    found = [_kit_partner(folder, partner, languages, _used_link(partner, wanted, switched_off)) for partner in chosen]
    problems += [_logo_problem(one) for one in found if one.logo.cause]
    raise_errors(problems, KitError)
    return tuple(found)


def _unknown(partners: Mapping[str, StudyPartner], wanted: Sequence[str]) -> Iterator[Problem]:
    if not partners:
        cause = "the study names no partner"
        remedy = f"make {PARTNERS_FOLDER}/childx.toml with name, country, languages and links (docs/how-to/kit.md)"
        yield Problem("KIT_010", PARTNERS_FOLDER, cause, remedy)
        return
    links = {link for partner in partners.values() for link in partner.links}
    for code in wanted:
        if code not in partners and code not in links:
            remedy = did_you_mean(code, partners, f"use one of: {', '.join(partners)}", written="{}")
            yield Problem("KIT_010", PARTNERS_FOLDER, f"no partner has the code {code!r}", remedy)


def _shared_links(partners: Collection[StudyPartner]) -> Iterator[Problem]:
    for one, other in combinations(partners, 2):
        for link in sorted(set(one.links) & set(other.links)):
            cause = f"{one.code} and {other.code} both have the link {link!r}, so that nobody could tell who spread it"
            remedy = "give each a code of its own in [links.partners] of study.toml"
            yield Problem("KIT_013", f"{PARTNERS_FOLDER}/{other.code}.toml, links", cause, remedy)


def _language_problems(partner: StudyPartner, settings: Study, languages: Sequence[str]) -> Iterator[Problem]:
    place = f"{PARTNERS_FOLDER}/{partner.code}.toml, languages"
    known = ", ".join(settings.languages)
    if not (languages or partner.languages):
        yield Problem("KIT_011", place, "the partner has no language", f"name some of: {known}; or give --language")
    for tag in languages or partner.languages:
        if tag not in settings.languages:
            remedy = did_you_mean(tag, settings.languages, f"use some of: {known}", written="{}")
            yield Problem("KIT_011", place, f"the study is not offered in {tag!r}", remedy)


def _used_link(partner: StudyPartner, wanted: Sequence[str], switched_off: Collection[str]) -> str:
    """The link that the partner's kit has: one that is asked for, or its first that is on; "" if it has none."""
    asked = [link for link in partner.links if link in wanted]
    on = [link for link in partner.links if link not in switched_off]
    return next(iter((*asked, *on, *partner.links)), "")


def _link_problems(
    partner: StudyPartner, settings: Study, used: str, switched_off: Collection[str]
) -> Iterator[Problem]:
    place = f"{PARTNERS_FOLDER}/{partner.code}.toml, links"
    if not partner.links:
        remedy = "name a code of [links.partners] in study.toml"
        yield Problem("KIT_012", place, "the partner has no link", remedy)
    for link in partner.links:
        if link not in settings.links.partners:
            remedy = f'add {link} = "{partner.name}" to [links.partners] in study.toml'
            yield Problem("KIT_012", place, f"{link!r} is no link of the study", remedy)
        elif not settings.links.on:
            remedy = "switch it on, or give the partner another: a piece on paper cannot be changed any more"
            yield Problem("KIT_012", place, f"the link {link!r} is off", remedy)
    if used and used in switched_off:
        cause = f"the link {used!r} is switched off at the workbench: whoever comes by it is counted for nobody"
        remedy = "switch it on there, or give the partner another; take down what was printed with it"
        yield Problem("KIT_040", place, cause, remedy)


def _kit_partner(folder: Path, partner: StudyPartner, languages: Sequence[str], link: str) -> KitPartner:
    identity = IdentitySettings(partners={partner.code: IdentityPartner(partner.name, partner.logo)})
    logo = read_partner_logos(folder, identity).get(partner.code, PartnerLogo(""))
    tags = tuple(languages) or partner.languages
    return KitPartner(partner.code, partner.name, partner.country, link, tags, logo, partner.help)


def _logo_problem(partner: KitPartner) -> Problem:
    remedy = "save it as a PNG of at most 50,000 bytes and 1200 × 600 pixels, or take logo out: the name is set instead"
    return Problem("KIT_014", partner.logo.place, f"the logo of {partner.name} {partner.logo.cause}", remedy)
