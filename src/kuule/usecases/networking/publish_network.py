"""The pages of a study's network, from its folder and a register of law if one is given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kuule.core.problems import raise_errors
from kuule.network.network_problems import NetworkError
from kuule.network.partner_pages.network_site import NetworkPages, build_network_site
from kuule.network.study_network import network_problems, read_study_network
from kuule.register.reading.register_folder import read_register
from kuule.register.site.built_pages import BuiltPages
from kuule.study.folder.partner_files import partner_identity
from kuule.study.media.partner_logos import read_partner_logos


def publish_study_network(study: Path, to: Path, *, register: Path | None, today: date) -> BuiltPages:
    """Write the pages. A logo that is not taken is left out, and its partner is named; `kuule network check` says why.

    Raises StudyError, NetworkError and RegisterError with what keeps the pages from being made.
    """
    network = read_study_network(study)
    raise_errors(network_problems(network, today), NetworkError)
    actions = None if register is None else read_register(register).register
    found = read_partner_logos(study, partner_identity(network.partners))
    logos = {code: logo for code, logo in found.items() if not logo.cause}
    return build_network_site(NetworkPages(network, logos, actions, today), to)
