"""What a register says, as rows and lines: the whole, a country, a provision, a cell; what is due; how coders agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.register.agreement.coder_agreement import CoderAgreement, coder_agreements
from kuule.register.agreement.copied_codings import copied_codings
from kuule.register.agreement.divergence import LEAST_UNITS, DoubleCoding, coders_apart, has_enough_units
from kuule.register.comparison.cells import RegisterCell, RegisterCellState, cells
from kuule.register.comparison.points import cell_points
from kuule.register.comparison.standards_met import standard_results
from kuule.register.data_model.country_values import LegalStatus, LegalValue
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.register_folder import read_register
from kuule.register.reading.yaml_documents import RegisterError

_Row = tuple[str, ...]
_NOBODY = "-"
_SAYS = 2
"""The column of what a source says."""


@dataclass(frozen=True, slots=True)
class ShownRegister:
    """Rows of a table, the first of them its heading, and lines that say more. `sentences` is the column that holds
    whole sentences, and may need lines of its own."""

    rows: Sequence[_Row]
    lines: Sequence[str] = ()
    sentences: int | None = None


def show_register(folder: Path, names: Sequence[str], *, today: date) -> ShownRegister:
    """The whole register for no name, a country or a provision for one, a cell for both in any order.

    Raises RegisterError REGISTER_027 for a name that is neither, or two of a kind, and what read_register raises.
    """
    register = read_register(folder).register
    country, provision = _named(register, names)
    known = cells(register, today)
    if country and provision:
        cell = known.get((country, provision))
        return _cell(register, cell) if cell else ShownRegister((), (f"nothing was read of {country} on {provision}",))
    if country:
        chosen = [one for (code, _), one in known.items() if code == country]
        return ShownRegister(_rows("provision", chosen), sentences=_SAYS)
    if provision:
        chosen = [one for (_, asked), one in known.items() if asked == provision]
        asked = register.provisions[provision]
        return ShownRegister(_rows("country", chosen), (f"{asked.title}: {asked.question}",), _SAYS)
    return _overview(register, list(known.values()))


def due_rows(folder: Path, *, today: date) -> ShownRegister:
    """The values whose next review is on that day or before it, the longest overdue first."""
    register = read_register(folder).register
    due = [
        (value.next_review, read.country, read.provision, value)
        for read in register.values.values()
        for value in read.values
        if value.is_due(today)
    ]
    heading = ("due on", "country", "provision", "value", "confidence", "source")
    rows = [
        (str(day), country, provision, value.id, value.confidence.value, value.source.kind.value)
        for day, country, provision, value in sorted(due, key=lambda one: (one[0], one[1], one[2], one[3].id))
    ]
    return ShownRegister((heading, *rows) if rows else ())


def agreement_rows(folder: Path) -> ShownRegister:
    """How far blind coders differ on each provision, and below it alpha of each variable. Provisions that were never
    coded twice are one line, the last; files that look copied are warned of."""
    register = read_register(folder).register
    heading = ("provision", "round", "coders", "units", "differ", "share", "verdict")
    coded = [one for one in coder_agreements(register) if one.double_coding is not DoubleCoding.NEVER]
    rows = [_agreement_row(register, one) for one in coded]
    lines = [line for one in coded for line in _agreement_lines(register, one)]
    for one, other in copied_codings(register):
        names = f"codings/{one.round}/{one.coder}.yaml and {other.coder}.yaml"
        lines.append(f"warning: {names} are identical but for the coder; ask whether both coded blind")
    if never := len(register.provisions) - len(coded):
        lines.append(f"never double coded: {_counted(never, 'provision')}")
    return ShownRegister((heading, *rows) if rows else (), lines)


def _agreement_row(register: Register, one: CoderAgreement) -> _Row:
    how_far = one.divergence
    if how_far is None:
        round_name, coders = coders_apart(register, one.provision) or (_NOBODY, ())
        return one.provision, round_name, str(len(coders)), "0", _NOBODY, _NOBODY, one.double_coding.value
    counts = (str(len(how_far.coders)), str(how_far.units), str(how_far.differing), f"{how_far.share:.1%}")
    return one.provision, how_far.round, *counts, one.double_coding.value


def _agreement_lines(register: Register, one: CoderAgreement) -> Iterator[str]:
    found = one.divergence
    if found is not None:
        alphas = ", ".join(f"{name} {alpha:.3f}" for name, alpha in one.alphas.items() if alpha is not None)
        differ = ", ".join(f"{name} {count}" for name, count in found.by_variable.items())
        yield f"{one.provision}: differ on {differ or 'nothing'}; alpha: {alphas or 'not defined'}"
    if found is None or not found.coded_twice:
        _, coders = coders_apart(register, one.provision) or (_NOBODY, ())
        yield f"{one.provision}: {', '.join(coders)} share no unit (the same country and the same offences)"
    elif not has_enough_units(found, register):
        twice, countries = found.coded_twice, len(register.settings.countries)
        every = "" if countries >= LEAST_UNITS else f" or all of {_counted(countries, 'country', 'countries')}"
        yield f"{one.provision}: {_counted(twice, 'unit')} coded twice; {LEAST_UNITS}{every} are enough"


def named_country(register: Register, name: str) -> str:
    """A country of the register, in capitals. Raises RegisterError REGISTER_027."""
    code, countries = name.upper(), _countries(register)
    if code not in countries:
        remedy = did_you_mean(name, countries, f"give one of {', '.join(countries[:6])} …")
        raise RegisterError(Problem("REGISTER_027", name, f"the register has no country {name!r}", remedy))
    return code


def _named(register: Register, names: Sequence[str]) -> tuple[str, str]:
    country, provision = "", ""
    for name in names:
        if name.upper() in _countries(register) and not country:
            country = name.upper()
        elif name in register.provisions and not provision:
            provision = name
        else:
            raise _not_shown(register, name)
    return country, provision


def _not_shown(register: Register, name: str) -> RegisterError:
    countries = _countries(register)
    known = (*countries, *register.provisions)
    cause = f"the register has no country or provision {name!r}"
    first = next(iter(register.provisions), "none")
    one = f"give a country ({', '.join(countries)}), a provision ({first}, …), or both"
    remedy = did_you_mean(name, known, one)
    if name.upper() in countries or name in register.provisions:
        cause, remedy = f"{name} is one too many", "give at most one country and one provision"
    return RegisterError(Problem("REGISTER_027", name, cause, remedy))


def _countries(register: Register) -> tuple[str, ...]:
    return (*register.settings.countries, *register.settings.also_seen)


def _overview(register: Register, known: Sequence[RegisterCell]) -> ShownRegister:
    rows: list[_Row] = [("provision", "open", "single", "differ", "decided", "law", "confirmed", "due")]
    for provision in register.provisions:
        of_it = [one for one in known if one.provision.id == provision]
        count = Counter(one.state for one in of_it)
        marks = (
            sum(one.is_law for one in of_it),
            sum(one.is_confirmed for one in of_it),
            sum(one.is_due for one in of_it),
        )
        rows.append((provision, *(str(count[state]) for state in RegisterCellState), *map(str, marks)))
    settings = register.settings
    values = [value for read in register.values.values() for value in read.values]
    confidence = ", ".join(
        f"{one} {count}" for one, count in sorted(Counter(v.confidence.value for v in values).items())
    )
    kinds = ", ".join(f"{one} {count}" for one, count in Counter(v.source.kind.value for v in values).most_common())
    countries = len({country for country, _ in register.values})
    of_whom = f"{_counted(len(values), 'value')} of {_counted(countries, 'country', 'countries')}"
    lines = (
        f"{settings.title}, as of {settings.as_of}: {of_whom}",
        f"confidence: {confidence or 'none'}",
        f"sources: {kinds or 'none'}",
    )
    return ShownRegister(rows, lines)


def _rows(first: str, chosen: Sequence[RegisterCell]) -> Sequence[_Row]:
    """A row for each standing value, with the name of its cell in the first one."""
    rows: list[_Row] = [(first, "state", "what the source says", "source", "sure", "marks")]
    for cell in chosen:
        name = cell.provision.id if first == "provision" else cell.country
        if not cell.standing:
            rows.append((name, cell.state.value, *[_NOBODY] * 3, ""))
        for number, value in enumerate(cell.standing):
            place = ("", "") if number else (name, cell.state.value)
            says = " ".join(value.says.split())
            rows.append((*place, says, value.source.kind.value, value.confidence.value, _marks(value, cell)))
    return rows


def _marks(value: LegalValue, cell: RegisterCell) -> str:
    """What else is to be known, in letters: c confirmed, d due, ! somebody disagrees, u coders do not agree yet."""
    marks = "c" if value.confirmed_by else ""
    marks += "d" if cell.is_due else ""
    marks += "!" if value.is_disputed else ""
    return marks + ("u" if cell.is_unsettled else "")


def _cell(register: Register, cell: RegisterCell) -> ShownRegister:
    lines = [f"{cell.country}, {cell.provision.title}: {cell.state.value}"]
    if cell.dispute:
        lines.append(f"dispute: {cell.dispute}")
    lines += [f"{one.one.id} and {one.other.id} differ on {one.about}" for one in cell.contradictions]
    for value in (*cell.standing, *cell.others):
        lines += ["", *_value_lines(value, stands=value in cell.standing)]
    for decision in cell.decisions:
        rejects = f", rejects {', '.join(decision.rejects)}" if decision.rejects else ""
        keeps = ", ".join(decision.keeps) or "nothing"
        lines += ["", f"decision of {decision.on} by {decision.by}: keeps {keeps}{rejects}: {decision.why}"]
    for result in standard_results(register, cell):
        lines += ["", f"{result.held.standard}: {result.outcome.value} ({result.why})", f"  {result.held.demands}"]
    if (points := cell_points(register, cell)) is not None:
        lines += ["", f"{points.sentence}; {points.calculation}"]
    return ShownRegister((), lines)


def _value_lines(value: LegalValue, *, stands: bool) -> Iterator[str]:
    law = (
        "the law says"
        if value.source.is_law and value.status is LegalStatus.IN_FORCE
        else f"according to {value.source.kind}"
    )
    mark = (
        "" if stands else f" (does not stand: {'rejected' if value.status is LegalStatus.IN_FORCE else value.status})"
    )
    yield f"{value.id}{mark}, {law}: {value.says}"
    if value.answer is not None:
        said = ((name, content) for name, content in value.answer if content is not None)
        yield "  coded: " + ", ".join(f"{name} {_said(content)}" for name, content in said)
    where = ", ".join(
        filter(None, (value.source.title, value.source.article, value.source.address, value.source.copy_of))
    )
    yield f"  {where}"
    who = f"confirmed by {value.confirmed_by}" if value.confirmed_by else "confirmed by nobody"
    yield (
        f"  about {value.offences} offences; confidence {value.confidence}; read on {value.read_on},"
        f" look again by {value.next_review}; coded by {value.coded_by}, {who}"
    )
    for one in value.disagreements:
        yield f"  {one.by} disagreed on {one.on}: {one.why}" + (
            f" (settled on {one.settled_on})" if one.settled_on else ""
        )
    if value.notes:
        yield f"  notes: {value.notes}"


def _said(content: Any) -> str:
    if isinstance(content, tuple):
        return " ".join(map(str, content))
    if isinstance(content, bool):
        return "yes" if content else "no"
    return f"{content.shortest} to {content.longest}" if hasattr(content, "shortest") else str(content)


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"
