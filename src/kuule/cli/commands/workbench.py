"""`kuule workbench STUDY`: the partners' site, until Ctrl-C. `kuule invite STUDY`: a link, for its first lead."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, announce, print_result, say
from kuule.cli.server_exit import print_refusal
from kuule.cli.shared_options import HostOption, PortOption
from kuule.core.problems import KuuleError

PORT = 8020
TranslatedStudyArgument = Annotated[
    Path, typer.Argument(help="The study folder; translations are written into its languages/*.po.")
]
DataOption = Annotated[
    Path, typer.Option(help="The folder for the accounts and this site's secret; created when first needed.")
]
SiteOption = Annotated[str, typer.Option(help="The address that people open; https://… if TLS is in front.")]
RegisterOption = Annotated[
    Path | None, typer.Option(help="The folder of a register of law, which partners code here; none by default.")
]


def serve_workbench(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: TranslatedStudyArgument,
    data: DataOption,
    host: HostOption = "127.0.0.1",
    port: PortOption = PORT,
    site: SiteOption = "",
    database: Annotated[
        str, typer.Option(help="The collector's database, for counts, links and archives; none by default.")
    ] = "",
    edition: Annotated[
        list[Path] | None, typer.Option(help="An edition whose archive may be downloaded; may be given more than once.")
    ] = None,
    survey: Annotated[str, typer.Option(help="The public address of the survey, to show complete links.")] = "",
    register: RegisterOption = None,
    releases: Annotated[
        Path | None, typer.Option(help="The folder of releases, which are previewed here; none by default.")
    ] = None,
    downloads: Annotated[
        Path | None, typer.Option(help="The folder with files for partners, below the code of each; none by default.")
    ] = None,
    verified: Annotated[
        Path | None,
        typer.Option(help="The file of `kuule verify --watch`, whose last look members see.", readable=False),
    ] = None,
) -> int:
    """Serve partners: translations, their links and counts. Nothing here can read what people wrote."""
    from kuule.workbench.configuration.workbench_options import WorkbenchOptions  # slow: Django; only its role has it
    from kuule.workbench.workbench_server import serve_site

    editions = tuple(edition or ())
    options = WorkbenchOptions(
        study, data, host, port, site, database, editions, survey, register, releases, downloads, verified
    )

    def ready() -> None:
        say(f"the workbench is at {options.address} ({host}:{port}); Ctrl-C stops")
        print_result(address=options.address)
        announce()

    try:
        serve_site(options, ready=ready)
    except KuuleError as error:
        return print_refusal(error)
    return Exit.DONE


def invite_member(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: TranslatedStudyArgument,
    data: DataOption,
    role: Annotated[
        str, typer.Option(help="lead, coordinator, translator, reviewer, viewer, coder, signatory.")
    ] = "lead",
    organisation: Annotated[str, typer.Option(help="Who they work for; the study's own organisation by default.")] = "",
    language: Annotated[list[str] | None, typer.Option(help="A language of theirs; once for each.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="A country of a coder; once for each.")] = None,
    register: RegisterOption = None,
    site: SiteOption = "",
    port: PortOption = PORT,
) -> int:
    """Print a link for one person, which works once, within seven days. The first lead needs it to invite others."""
    from kuule.workbench.configuration.workbench_options import WorkbenchOptions  # slow: Django; only its role has it
    from kuule.workbench.first_invitation import create_first_invitation

    options = WorkbenchOptions(study, data, port=port, site=site, register=register)
    link = create_first_invitation(
        options,
        role=role,
        organisation=organisation,
        languages=tuple(language or ()),
        countries=tuple(country or ()),
    )
    print_result(link, link=link)
    say("it works once, for seven days; send it by a way that you trust")
    return Exit.DONE
