"""Entries of a register that a brief cites, and the numbers that each of them carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kuule.languages.number_words.written_numbers import WrittenKind, WrittenNumber, written_numbers
from kuule.publishing.brief.brief_words import BriefSaid
from kuule.register.check_rules.contradictions import standing_values
from kuule.register.data_model.country_values import LegalStatus, LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import Source, SourceKind
from kuule.register.data_model.standards import Stage, Standard
from kuule.register.data_model.strict_model import StrictModel
from kuule.register.site.country_page import voice_of
from kuule.register.site.site_language import SiteLanguage

_LANGUAGE = "en"
"""In which a register is written."""


@dataclass(frozen=True, slots=True)
class CarriedNumbers:
    """What a text may say by digits or words: plain numbers, numbers of per cent, and days such as `2024-12-13`."""

    plain: frozenset[Decimal] = frozenset()
    percents: frozenset[Decimal] = frozenset()
    days: frozenset[str] = frozenset()

    def carry(self, number: WrittenNumber) -> bool:
        """Whether one of these is the number that a text says."""
        if number.kind is WrittenKind.DATE:
            return any(day == number.day or day.startswith(f"{number.day}-") for day in self.days)
        known = self.percents if number.kind is WrittenKind.PERCENT else self.plain
        return not number.values.isdisjoint(known)


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """One entry. `place` names it for good, such as FI/limitation-criminal/r040. `voice` names the words that say whose
    statement it is; "The law says" is said only where the law in force was read itself. `source` is None for a question
    of the survey."""

    place: str
    title: BriefSaid
    voice: str
    numbers: CarriedNumbers
    source: Source | None = None
    is_law: bool = False
    read_on: str = ""


def find_entry(site: SiteLanguage, address: str) -> BriefEntry | None:
    """The entry at an address, None where the register has none.

    `FI/limitation-criminal/r040` is a value, `recast-2024-60/s017` a stage of a standard, `recast-2024-60` the
    standard, `limitation-criminal/pace-resolution` what a standard demands of a provision.
    """
    register, steps = site.register, address.split("/")
    match steps:
        case [country, provision, one]:
            read = register.values.get((country, provision))
            value = next((each for each in read.values if each.id == one), None) if read else None
            return value_entry(site, country, register.provisions[provision], value) if value else None
        case [standard] if standard in register.standards:
            return standard_entry(site, register.standards[standard])
        case [standard, stage] if standard in register.standards:
            found = next((one for one in register.standards[standard].stages if one.id == stage), None)
            return _stage_entry(site, register.standards[standard], found) if found else None
        case [provision, standard] if provision in register.provisions:
            return _demand_entry(site, register.provisions[provision], standard)
    return None


def value_entry(site: SiteLanguage, country: str, provision: Provision, value: LegalValue) -> BriefEntry:
    """What was read of one country."""
    cell = site.cells[country, provision.id]
    stands = value in standing_values(site.register.values[country, provision.id], site.today)
    is_law = value.source.is_law and value.status is LegalStatus.IN_FORCE and stands and not provision.ranking
    return BriefEntry(
        f"{country}/{provision.id}/{value.id}",
        _title(site, country, value),
        voice_of(cell, value, site),
        carried_numbers(_texts(value), _days(value)),
        value.source,
        is_law,
        value.read_on.isoformat(),
    )


def standard_entry(site: SiteLanguage, standard: Standard) -> BriefEntry:
    """A standard as a whole: what it is called and numbered, and where it was read last."""
    texts = (standard.title, standard.short, standard.body, standard.article, standard.procedure, standard.celex)
    last = standard.stages[-1]
    numbers = carried_numbers(filter(None, texts), ())
    name = site.texts.standard_short(standard)
    title = BriefSaid(str(name), getattr(name, "tag", site.texts.tag))
    return BriefEntry(standard.id, title, _voice(last.source), numbers, last.source)


def _title(site: SiteLanguage, country: str, value: LegalValue) -> BriefSaid:
    if value.source.title is None:
        return BriefSaid(site.texts.country(country), site.texts.tag)
    shown = site.texts.original(value.source.title, value.source.language)
    return BriefSaid(str(shown), getattr(shown, "tag", site.texts.tag))


def _stage_entry(site: SiteLanguage, standard: Standard, stage: Stage) -> BriefEntry:
    entry = standard_entry(site, standard)
    whole = entry.numbers
    own = carried_numbers((stage.says, *_texts(stage.source)), _days(stage))
    numbers = CarriedNumbers(own.plain | whole.plain, own.percents | whole.percents, own.days)
    return BriefEntry(f"{standard.id}/{stage.id}", entry.title, _voice(stage.source), numbers, stage.source)


def _demand_entry(site: SiteLanguage, provision: Provision, standard: str) -> BriefEntry | None:
    held = [one for one in provision.standards if one.standard == standard]
    if not held or standard not in site.register.standards:
        return None
    whole = standard_entry(site, site.register.standards[standard])
    numbers = carried_numbers([text for one in held for text in _texts(one)], ())
    plain = numbers.plain | whole.numbers.plain | {Decimal(one) for each in held for one in _tested(each.test)}
    carried = CarriedNumbers(plain, numbers.percents, numbers.days)
    return BriefEntry(f"{provision.id}/{standard}", whole.title, whole.voice, carried, whole.source)


def _tested(test: StrictModel | None) -> Iterator[int]:
    found = test.model_dump(exclude_unset=True).values() if test is not None else ()
    return (one for one in found if isinstance(one, int) and not isinstance(one, bool))


def carried_numbers(texts: Iterable[str], days: Iterable[str], tag: str = _LANGUAGE) -> CarriedNumbers:
    """The numbers of texts and of dates. A day gives its year as well, and never the number of the day."""
    found = [one for text in texts for one in written_numbers(text, tag)]
    known = frozenset(one.day for one in found if one.day) | frozenset(days)
    percents = frozenset(value for one in found if one.kind is WrittenKind.PERCENT for value in one.values)
    plain = frozenset(value for one in found if one.kind is not WrittenKind.PERCENT for value in one.values)
    return CarriedNumbers(plain | {Decimal(day[:4]) for day in known}, percents, known)


def _texts(part: object) -> Iterator[str]:
    """Every text and number of a part of the register, but for addresses, hashes, dates and who coded it."""
    if isinstance(part, StrictModel):
        for name in type(part).model_fields:
            if name not in _NO_TEXTS:
                yield from _texts(getattr(part, name))
    elif isinstance(part, str) and not hasattr(part, "value"):
        yield part
    elif isinstance(part, int) and not isinstance(part, bool):
        yield str(part)
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)


_NO_TEXTS = frozenset(
    {"id", "address", "sha256", "coded_by", "confirmed_by", "standard", "disagreements", "next_review", "dated", "date"}
    | {"in_force_from", "changed_on", "checked_on", "read_on", "on", "by", "kind", "notes", "seen", "copy_of"}
)
_DAYS = ("in_force_from", "changed_on", "checked_on", "read_on", "date", "dated", "on", "by")


def _days(part: StrictModel) -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in _DAYS and value is not None:
            yield str(value)
        elif isinstance(value, StrictModel):
            yield from _days(value)


def _voice(source: Source) -> str:
    """Whose statement a source is. What a convention says is no country's law."""
    return f"according_{SourceKind(source.kind).value.replace('-', '_')}"
