"""Where the embedded servers keep their programs, data, logs and secrets, and as which user they run."""

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# PostgreSQL refuses to run as root. The number, because a minimal system may lack the name `nobody`.
UNPRIVILEGED_UID: Final = 65534
SHARED_STATE: Final = Path("/var/lib/chi-tra-ho-tro")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one checkout. `state` is `var/`, or a folder outside when root's checkout is closed to other users."""

    root: Path
    var: Path
    state: Path
    run_as: int | None

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def postgres_data(self) -> Path:
        return self.state / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.state / "valkey"


def places_for(root: Path) -> Places:
    """Find and create the folders of the checkout at `root`.

    As root the servers run as an unprivileged user, which cannot reach below a closed directory (a home of mode 0700, say).
    Their data then stands below /var/lib, closed to everybody but that user, and `var/state` links to it. It belongs to this
    `var/`: once `var/` with its keys is gone, the data could not be read any more, and the next start removes it.
    """
    root = root.resolve()
    var = root / "var"
    make_folder(var, mode=0o755)
    make_folder(var / "secrets", mode=0o700)
    make_folder(var / "log", mode=0o755)
    if os.geteuid() != 0:
        return Places(root=root, var=var, state=var, run_as=None)
    if is_open_to_others(var):
        return Places(root=root, var=var, state=var, run_as=UNPRIVILEGED_UID)
    return Places(root=root, var=var, state=_outside_state(root, var), run_as=UNPRIVILEGED_UID)


def make_folder(path: Path, *, mode: int, owner: int | None = None) -> None:
    """Create a folder with exactly this mode, whatever the umask, and owner."""
    path.mkdir(exist_ok=True)
    path.chmod(mode)
    if owner is not None:
        os.chown(path, owner, owner)


def is_open_to_others(path: Path) -> bool:
    """Whether any user may walk down to `path`."""
    path = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.is_dir())


def program_folder(places: Places, packaged: Path, *, beside: tuple[str, ...] = ()) -> Path:
    """The folder of a server's programs as the server's user can read it, copied once where it can't.

    `beside` names folders next to it that its programs look for by relative path.
    """
    if places.run_as is None or is_open_to_others(packaged):
        return packaged
    fingerprint = hashlib.sha256(str(packaged).encode()).hexdigest()[:8]
    home = places.state / f"programs-{fingerprint}-{int(packaged.stat().st_mtime)}"
    if not home.exists():
        half_done = home.with_suffix(".new")
        shutil.rmtree(half_done, ignore_errors=True)
        make_folder(half_done, mode=0o755)
        sources = [packaged, *(packaged.parent.parent / name for name in beside)]
        for source in sources:
            target = half_done / source.relative_to(packaged.parent.parent)
            shutil.copytree(source, target, symlinks=True)
        _open_to_others(half_done)
        half_done.rename(home)
    return home / packaged.relative_to(packaged.parent.parent)


def _open_to_others(top: Path) -> None:
    """What was installed under a strict umask is closed to the servers' user as well."""
    for folder, _, names in os.walk(top):
        Path(folder).chmod(0o755)
        for name in names:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _outside_state(root: Path, var: Path) -> Path:
    link = var / "state"
    if link.is_symlink() and link.is_dir():
        return link.resolve()
    link.unlink(missing_ok=True)
    make_folder(SHARED_STATE, mode=0o755)
    for old in SHARED_STATE.iterdir():
        if old.is_dir() and (old / "checkout").is_file() and (old / "checkout").read_text() == str(root):
            shutil.rmtree(old)
    state = SHARED_STATE / secrets.token_hex(6)
    make_folder(state, mode=0o755)
    (state / "checkout").write_text(str(root))
    link.symlink_to(state)
    return state
