"""Keeping a copy of the key of an onion service, and putting it back where no key is. Nothing is ever overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kuule.collector.served.onion_address import onion_name
from kuule.core.files import sync_folder, write_new
from kuule.core.problems import KuuleError, Problem
from kuule.sealing.onion_key import OnionKey, key_as_text, key_from_files, key_from_text

SECRET_FILE, PUBLIC_FILE, NAME_FILE = "hs_ed25519_secret_key", "hs_ed25519_public_key", "hostname"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def back_up_key(folder: Path, copy: Path) -> str:
    """Write a copy of the key in a folder of tor's (HiddenServiceDir) into a new file, and read it back. Returns the
    address.

    Raises KuuleError SERVE_027 (the file is there), SERVE_028 (no key in the folder), SERVE_029 (no right to read or to
    write).
    """
    secret, public = (_read(folder / name) for name in (SECRET_FILE, PUBLIC_FILE))
    key = key_from_files(secret, public)
    if key is None:
        cause = f"{SECRET_FILE} and {PUBLIC_FILE} are not the two halves of a key of an onion service"
        raise _no_key(folder, cause, "name the folder of HiddenServiceDir in torrc")
    address = _address(key)
    _write(copy, key_as_text(key, address).encode())
    if key_from_text(copy.read_text("utf-8")) != (key, address):
        raise _no_key(copy, "what was written is not what is read back", "look at the disk, and make another copy")
    return address


def restore_key(copy: Path, folder: Path) -> str:
    """Put the key of a copy into a new or empty folder, as tor wants it: for its owner alone. Returns the address.

    As root, the owner is that of the folder above. Raises KuuleError SERVE_027 (something is in the folder), SERVE_028
    (the copy is no key), SERVE_029 (others can read the copy, or no right to write).
    """
    content = _read(copy)
    if copy.stat().st_mode & _OTHERS:
        cause = "other users of this machine can read it, and so stand in the place of the site"
        raise _no_right(copy, cause, "set its mode to 0600")
    found = key_from_text(content.decode("utf-8", "replace"))
    if found is None or _address(found[0]) != found[1]:
        cause = "it is no whole copy of the key of an onion service: a letter is missing or wrong"
        raise _no_key(copy, cause, "take another copy; `kuule onion backup` writes them")
    key, address = found
    _make_empty_folder(folder)
    secret, public = key.files
    name = f"{address.removeprefix('http://')}\n".encode()
    for file, part in ((SECRET_FILE, secret), (PUBLIC_FILE, public), (NAME_FILE, name)):
        _write(folder / file, part)
        _give_to_owner_above(folder / file, folder.parent)
    _give_to_owner_above(folder, folder.parent)
    sync_folder(folder)
    return address


def _address(key: OnionKey) -> str:
    return f"http://{onion_name(key.public)}"


def _make_empty_folder(folder: Path) -> None:
    try:
        if folder.is_symlink() or (folder.exists() and any(folder.iterdir())):
            cause = "something is there already, and a key that is overwritten is lost with its address"
            remedy = "name a new folder, or move that one away first"
            raise KuuleError(Problem("SERVE_027", str(folder), cause, remedy))
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise _failed(folder, error) from None


def _give_to_owner_above(path: Path, above: Path) -> None:
    if os.geteuid() == 0:
        owner = above.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _no_key(path, "there is no such file", "look at the path; a new service has a key once tor ran") from None
    except OSError as error:
        raise _failed(path, error) from None


def _write(path: Path, content: bytes) -> None:
    try:
        write_new(path, content)
    except FileExistsError:
        cause = "there is a file already, and it may be the only copy of another key"
        raise KuuleError(Problem("SERVE_027", str(path), cause, "name a new file")) from None
    except OSError as error:
        raise _failed(path, error) from None


def _failed(path: Path, error: OSError) -> KuuleError:
    cause = f"it cannot be used ({os.strerror(error.errno or 0).lower()})"
    return _no_right(path, cause, "run it as root, or as the user that tor runs as, with a folder that is there")


def _no_right(path: Path, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("SERVE_029", str(path), cause, remedy))


def _no_key(path: Path, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("SERVE_028", str(path), cause, remedy))
