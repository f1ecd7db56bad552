"""`kuule brief RELEASE --register DIR --country FI --provision limitation --to DIR`: two pages for decision-makers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_files, stop_on_signals

BriefReleaseArgument = Annotated[Path, typer.Argument(metavar="RELEASE", help="The folder of a release.")]
LawRegisterOption = Annotated[Path, typer.Option(metavar="DIR", help="The register of law.")]
BriefCountryOption = Annotated[str, typer.Option(metavar="CODE", help="The country: an ISO 3166-1 code.")]
BriefProvisionOption = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The provision, such as age-of-consent, or what several begin with, such as limitation.",
    ),
]
BriefFolderOption = Annotated[Path, typer.Option(metavar="DIR", help="The folder for the two files.")]
BriefLanguageOption = Annotated[
    str, typer.Option(metavar="TAG", help="A language of the study; by default the one it was written in.")
]
BriefTextOption = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="The text: a file, or a folder with one for each provision and language. By default that of the release "
        "or, if it has none, one in the folder briefs.",
        show_default=False,
    ),
]
DraftTextOption = Annotated[
    bool, typer.Option("--drafts", help="Allow a text that nobody has reviewed; the brief says so at its top.")
]


def write_brief(
    release: BriefReleaseArgument,
    register: LawRegisterOption,
    country: BriefCountryOption,
    provision: BriefProvisionOption,
    to: BriefFolderOption,
    language: BriefLanguageOption = "",
    text: BriefTextOption = None,
    drafts: DraftTextOption = False,
) -> int:
    """Write a policy brief: what survivors say beside what the law says, with no number that nobody counted."""
    from kuule.publishing.brief.ordered_brief import BriefOptions  # slow: pydantic; --help loads all
    from kuule.usecases.reporting.policy_brief import make_brief  # as above

    options = BriefOptions(country, provision, language, text, drafts)
    with stop_on_signals():
        written = make_brief(release, register, to, options=options, today=datetime.now(UTC).date())
    print_files(*written)
    return Exit.DONE
