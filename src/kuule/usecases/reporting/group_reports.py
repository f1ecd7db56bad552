"""Reports on single groups: which groups `--only` names, and what the file of each is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from kuule.analysis.crosstabs.axes import check_subpopulation
from kuule.core.problems import Problem, PublishingError
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.tables.request import LANGUAGE, LINK, RESPONSE_CUTS, Subpopulation

_OTHERS = re.compile(r"[^A-Za-z0-9_-]")
_DIGITS = 6


def parse_groups(texts: Iterable[str], dataset: Dataset) -> tuple[Subpopulation, ...]:
    """The groups that are named, each once. A link is named by its code or by its partner. Raises PublishingError
    REPORT_013."""
    found: dict[Subpopulation, None] = {}
    problems: list[Problem] = []
    for text in texts:
        cut, equals, code = (each.strip() for each in text.partition("="))
        if not equals:
            remedy = f"write it as GROUP=MEMBER, such as {_example(dataset)}"
            problems.append(Problem("REPORT_013", f"--only {text}", "it names no member of a group", remedy))
            continue
        within = Subpopulation(cut, _link(code, dataset) if cut == LINK else code)
        problems.extend(check_subpopulation(within, dataset, f"--only {text}"))
        found[within] = None
    if problems:
        raise PublishingError(*problems)
    return tuple(found)


def _example(dataset: Dataset) -> str:
    """A group of this study, as an example for an error message."""
    for name, cut in dataset.codebook.cuts.items():
        return f"{name}={next(iter(cut.members))}"
    return f"{LANGUAGE}={dataset.info.source_language}"


def _link(named: str, dataset: Dataset) -> str:
    """The code of a partner's link, given the code or the partner's name. Anything else is returned unchanged."""
    partners = dataset.study.links.partners
    codes = [code for code, partner in partners.items() if partner.casefold() == named.casefold()]
    return codes[0] if named not in partners and len(codes) == 1 else named


def report_file_stem(within: Subpopulation | None) -> str:
    """The name of a report's file without its ending: `report`, or with the group, `report-link-k7`. If another group
    could get the same name (such as one of a question called `link`), digits of a hash follow, so that no report
    overwrites the file of another."""
    if within is None:
        return "report"
    cut, code = within.cut.removeprefix("@"), within.code
    name = "-".join(("report", *(_OTHERS.sub("_", part) for part in (cut, code))))
    its_own = name == f"report-{cut}-{code}" and "-" not in cut and f"@{within.cut}" not in RESPONSE_CUTS
    return name if its_own else f"{name}-{sha256(str(within).encode()).hexdigest()[:_DIGITS]}"
