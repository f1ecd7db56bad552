"""What the tests need from the system's packages: Chromium, Firefox ESR, an Arabic font, and nginx."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from words import SetupStop, say

COMMANDS = {
    "Chromium": ("chromium", "chromium-browser", "google-chrome"),
    "Firefox": ("firefox-esr", "firefox"),
}
PACKAGES = {"Chromium": "chromium", "Firefox": "firefox-esr", "an Arabic font (Noto)": "fonts-noto-core"}
NGINX = Path("/usr/sbin/nginx")
_DOWNLOAD = "about 250 MB from the system's package server where all three are missing"


def missing() -> list[str]:
    """The packages that the browser tests need and this machine does not have."""
    lacks = [name for name, commands in COMMANDS.items() if not any(map(shutil.which, commands))]
    if not _has_arabic_font():
        lacks.append("an Arabic font (Noto)")
    return lacks


def provide() -> None:
    """Install what is missing if that is allowed; otherwise say so. With CI=true, anything that is missing stops the
    set-up."""
    lacks = missing()
    if not lacks:
        return
    packages = [PACKAGES[name] for name in lacks]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {', '.join(packages)}: downloads {_DOWNLOAD}")
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", *packages)
        lacks = missing()
    if not lacks:
        return
    cause = f"{', '.join(lacks)} not found: tests that need it are skipped and say so"
    cure = f"on Debian and Ubuntu: sudo apt install {' '.join(packages)}"
    if os.environ.get("CI") == "true":
        raise SetupStop(cause.replace("are skipped and say so", "cannot run, and CI=true asks for them"), cure)
    say(f"{cause}\n  {cure}")


def provide_nginx() -> None:
    """Install nginx, for the tests of what is in front of a collector, on a machine of continuous integration and as
    root.

    Elsewhere only say how to install it: Debian's package starts a server on port 80, which nobody who runs tests has
    asked for.
    """
    if NGINX.exists():
        return
    if os.environ.get("CI") == "true" and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing nginx-light: downloads about 1 MB from the system's package server where it is missing")
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", "nginx-light")
    if not NGINX.exists():
        cause = "nginx not found: tests that need it are skipped and say so"
        say(f"{cause}\n  on Debian and Ubuntu: sudo apt install nginx-light")


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet", "--quiet", *arguments]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        say(f"apt-get {arguments[0]} did not work: {(outcome.stderr or outcome.stdout).strip().splitlines()[-1:]}")


def _has_arabic_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=ar", "family"], capture_output=True, text=True, check=False)
    return "Noto" in listed.stdout
