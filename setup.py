"""Into the wheel go the study and the register of law that ship, which stand beside the source: `kuule demo` and
`kuule register` need no checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("studies", "registers")


class WithShipped(build_py):
    """Builds as always, and copies what ships into the package, side by side as in the source, because studies name
    registers by path. An editable install uses the folders as they stand."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for name in SHIPPED:
                shutil.copytree(Path(name), Path(self.build_lib) / "kuule" / name, dirs_exist_ok=True)


setup(cmdclass={"build_py": WithShipped})
