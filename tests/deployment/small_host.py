"""A machine in a folder, with the programs that it needs, an edition and its settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.deployment.host_settings import BACKUP_KEY, HostSettings, read_host_file
from kuule.opening.private_key import PrivateKey
from kuule.usecases.installation.deploy_host import HostPlan, apply_plan, plan_host
from tests.study.small_study import make_edition

PROGRAM = "/opt/kuule/.venv/bin/kuule"
ONION = f"{'a' * 55}d.onion"
START = f'study = "small-study"\nprogram = "{PROGRAM}"\n'
PUBLIC = f'{START}[collector]\npractice = true\n[public]\nname = "survey.example.net"\n'
BOTH = PUBLIC + '[workbench]\nname = "workbench.example.net"\n'
BACKED_UP = f"{BOTH}[backup]\n"
BESIDE = PUBLIC.replace("practice = true", "practice = true\nonion = true")
ONION_ONLY = f"{START}[collector]\nonion = true\npractice = true\n"
WORKBENCH = f'{START}[workbench]\nname = "workbench.example.net"\n'


@dataclass(frozen=True)
class SmallHost:
    """`root` is the tree of the machine."""

    root: Path
    file: Path

    def settings(self, text: str) -> HostSettings:
        self.file.write_text(text, "utf-8")
        return read_host_file(self.file)

    def plan(self, text: str) -> HostPlan:
        """What would be done; no other program reads the files."""
        return plan_host(self.settings(text), self.root, look=False)

    def apply(self, text: str) -> HostPlan:
        return apply_plan(self.plan(text), refuse_to_run)

    def put_backup_key(self, key: str) -> None:
        self.at(BACKUP_KEY).write_text(key, "utf-8")

    def at(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def states(self, text: str) -> dict[str, str]:
        return {change.file.path: str(change.kind) for change in self.plan(text).changes}

    def set_onion(self, name: str = ONION) -> None:
        place = self.at("/var/lib/tor/kuule/hostname")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{name}\n")

    def files(self) -> dict[str, bytes]:
        """Every file and link, but for what is made by chance."""
        chance = {"token-secret", "workbench-secret", "fullchain.pem", "privkey.pem"}
        found = {}
        for path in sorted(self.root.rglob("*")):
            if path.is_symlink():
                found[str(path.relative_to(self.root))] = str(path.readlink()).encode()
            elif path.is_file():
                found[str(path.relative_to(self.root))] = b"" if path.name in chance else path.read_bytes()
        return found


def backup_key() -> str:
    """The text of a public key that was made for backups."""
    return PrivateKey.generate(bytes(range(3, 35)), rehearsal=True).public.to_text()


def refuse_to_run(act: object) -> None:
    raise AssertionError(f"nothing is run for a tree in a folder: {act}")


def make_host(folder: Path) -> SmallHost:
    root = folder / "machine"
    for path in ("usr/sbin/nginx", "usr/bin/tor", "usr/sbin/haproxy", PROGRAM.lstrip("/")):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch(0o755)
    make_edition(folder / "made")
    (root / "srv/kuule").mkdir(parents=True)
    (folder / "made" / "edition").rename(root / "srv/kuule/edition")
    return SmallHost(root, folder / "host.toml")
