"""An image as it is run: by crun, as what the image says it is started with, on a root that is read-only.

Needs root, buildah, crun, and a kernel whose cgroup v2 can be mounted, as booted_container.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

PROGRAMS = ("buildah", "mmdebstrap", "crun", "unshare")
_CGROUPS = """
mount --make-rprivate /
if [ "$(stat -f -c %T /sys/fs/cgroup)" != cgroup2fs ]; then
    umount -R -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi
exec crun --root "$0" --cgroup-manager=disabled "$@"
"""


def missing() -> str:
    """Why no image can be built and run here, or nothing."""
    if os.geteuid() != 0:
        return "an image is built and run as root"
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)} (apt install buildah mmdebstrap crun)" if absent else ""


def said_by(*command: str, **named: Any) -> str:
    """What a program says; it has to succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **named)
    assert done.returncode == 0, f"{command[:3]}: {done.returncode}\n{done.stderr}"
    return done.stdout


class ImageRun:
    """Containers of one image, in a folder of their own."""

    def __init__(self, image: str, folder: Path) -> None:
        self._folder = folder
        self._holder = said_by("buildah", "from", "--pull-never", image).strip()
        self.root = Path(said_by("buildah", "mount", self._holder).strip())
        whole = json.loads(said_by("buildah", "inspect", "--type", "image", image))
        self.settings: dict[str, Any] = whole["Docker"]["config"]

    def command(self, name: str, *arguments: str, mounts: dict[Path, str] | None = None) -> list[str]:
        """The command that starts a container with these arguments in place of the image's own."""
        bundle = self._folder / name
        bundle.mkdir()
        said_by("crun", "spec", cwd=bundle)
        spec = json.loads((bundle / "config.json").read_text("utf-8"))
        user, group = map(int, self.settings["User"].split(":"))
        spec["root"] = {"path": str(self.root), "readonly": True}
        spec["process"] |= {
            "terminal": False, "user": {"uid": user, "gid": group}, "env": self.settings["Env"], "rlimits": [],
            "args": [*self.settings["Entrypoint"], *(arguments or self.settings["Cmd"])], "noNewPrivileges": True,
            "capabilities": {},
        }  # fmt: skip
        spec["mounts"] = [one for one in spec["mounts"] if one["destination"] != "/sys/fs/cgroup"]
        spec["mounts"].append(
            {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev"]}
        )
        for source, target in (mounts or {}).items():
            options = ["rbind", "rw" if target.startswith("/var/lib") else "ro"]
            spec["mounts"].append({"destination": target, "type": "bind", "source": str(source), "options": options})
        (bundle / "config.json").write_text(json.dumps(spec), "utf-8")
        return self._crun("run", "--bundle", str(bundle), name)

    def inside(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run something in a container that runs, as its user."""
        return subprocess.run(self._crun("exec", name, *command), capture_output=True, text=True, check=False)

    def stop(self, name: str) -> None:
        """End it as a container is ended: by the signal that the image names."""
        said_by(*self._crun("kill", name, self.settings["StopSignal"]))

    def let_go(self) -> None:
        """Remove what was made of the image."""
        said_by("buildah", "rm", self._holder)

    def _crun(self, *arguments: str) -> list[str]:
        return ["unshare", "--mount", "sh", "-e", "-c", _CGROUPS, str(self._folder / "crun"), *arguments]
