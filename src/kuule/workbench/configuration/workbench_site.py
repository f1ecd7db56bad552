"""The workbench of this process: the one place that the views ask for its options, secret, store and clock."""

from __future__ import annotations

import logging.config
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings

from kuule.core.problems import Problem, WorkbenchError
from kuule.study.settings.study_toml import Study, read_settings
from kuule.web.redacted_logging import LOGGING
from kuule.workbench.configuration.django_settings import django_settings
from kuule.workbench.configuration.secret import Secret, load_secret
from kuule.workbench.configuration.workbench_options import WorkbenchOptions, check_site_addresses
from kuule.workbench.store_proxy import StoreProxy

INVITATION_DAYS = 7
KIT_SETTINGS_FILE = "kit.toml"
"""In a study's folder; without it there are no kits."""


@dataclass(frozen=True, slots=True)
class WorkbenchSite:
    """`store_proxy` asks the collector's store in a process of its own; None if no database was given."""

    options: WorkbenchOptions
    secret: Secret
    store_proxy: StoreProxy | None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def study_folder(self) -> Path:
        return self.options.study

    @property
    def data(self) -> Path:
        return self.options.data

    @property
    def register_folder(self) -> Path | None:
        """The folder of the register of law, if partners code one here."""
        return self.options.register

    @property
    def releases_folder(self) -> Path | None:
        """The folder in which releases lie, if members may preview some here."""
        return self.options.releases

    @property
    def has_kits(self) -> bool:
        """Whether kits can be made of the study."""
        return (self.study_folder / KIT_SETTINGS_FILE).is_file()

    def read_study_settings(self) -> Study:
        """Read study.toml as it is now. Raises StudyError."""
        return read_settings(self.options.study)


class _Running:
    """The site of this process. There is only one, as there is only one set of Django settings."""

    site: WorkbenchSite | None = None


def running_site() -> WorkbenchSite:
    """The site that the views belong to."""
    if _Running.site is None:
        raise RuntimeError("no workbench runs in this process")
    return _Running.site


def start_site(options: WorkbenchOptions) -> WorkbenchSite:
    """Configure this process for `options`. Raises WorkbenchError and StudyError. Nothing listens yet.

    A worker is forked from its master, which has already configured Django for the same options, so it only stores
    them.
    """
    check_site_addresses(options)
    read_settings(options.study)
    _check_apart(options)
    make_data_folder(options.data)
    secret = load_secret(options.data, environment=os.environ)
    store_proxy = StoreProxy(options.database) if options.database else None
    begun, _Running.site = _Running.site is not None, WorkbenchSite(options, secret, store_proxy)
    if not begun:
        settings.configure(**django_settings(options, secret))
        django.setup()
        logging.config.dictConfig(LOGGING)
    return _Running.site


def _check_apart(options: WorkbenchOptions) -> None:
    """A study's folder is copied, compared and given away whole; accounts and the secret must not lie in it."""
    if options.data.resolve().is_relative_to(options.study.resolve()):
        cause, remedy = "it lies in the study's folder, which is copied and passed on", "give a folder beside the study"
        raise WorkbenchError(Problem("WORKBENCH_024", str(options.data), cause, remedy))


def make_data_folder(data: Path) -> None:
    """Create the folder, closed to other users. Raises WorkbenchError WORKBENCH_006 if others can read it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if data.stat().st_mode & stat.S_IRWXO:
        cause = "other users of this machine can look into the folder with the accounts"
        raise WorkbenchError(Problem("WORKBENCH_006", str(data), cause, f"chmod 700 {data}"))
