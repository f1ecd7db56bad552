"""Into the wheel goes the study that ships, which stands beside the source: `kuule demo` needs no checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

STUDIES = Path("studies")


class WithStudies(build_py):
    """Builds as always, and copies `studies/` into the package. An editable install uses the folder as it stands."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copytree(STUDIES, Path(self.build_lib) / "kuule" / "studies", dirs_exist_ok=True)


setup(cmdclass={"build_py": WithStudies})
