"""bootstrap.py on machines that lack something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from ops import system
from tests.infrastructure.slots import ROOT


def test_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); import bootstrap",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr


def test_every_locked_package_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    pinned = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert len(pinned) > 80
    assert text.count("--hash=sha256:") >= len(pinned)
    assert all(line.rstrip().endswith("\\") for line in pinned), "a requirement without a hash"
    assert "://" not in text


def test_the_server_lock_is_part_of_the_whole_lock() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {
            line.split(" \\")[0].strip() for line in lines if "==" in line and not line.startswith((" ", "#"))
        }

    assert pins("requirements-server.lock") <= pins("requirements.lock"), "run make lock"


def test_the_stamp_follows_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    monkeypatch.setattr(bootstrap, "LOCK", lock)
    lock.write_text("a==1")
    before = bootstrap.expected_stamp()
    assert bootstrap.expected_stamp() == before
    lock.write_text("a==2")
    assert bootstrap.expected_stamp() != before


def test_a_library_that_is_not_there_is_named() -> None:
    assert system.missing_libraries(["libc.so.6", "libnowhere-1.0.so.0"]) == ["libnowhere-1.0.so.0"]


@pytest.mark.parametrize(("uid", "prefix"), [(0, "apt-get"), (1000, "sudo apt-get")])
def test_the_command_to_run_is_given_whole(uid: int, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert (
        system.apt_command(["libpango-1.0-0"])
        == f"{prefix} install -y --no-install-recommends libpango-1.0-0"
    )


def test_what_is_missing_stops_the_tests_but_not_the_application(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system.ensure_system(purpose="PDF files", packages=["pango"], is_there=lambda: False, required=False)
    assert "sudo apt-get install -y --no-install-recommends pango" in capsys.readouterr().err
    with pytest.raises(system.BootstrapError, match="sudo apt-get install"):
        system.ensure_system(purpose="PDF files", packages=["pango"], is_there=lambda: False, required=True)


def test_a_wrong_chromium_path_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM_PATH", "/nowhere/chromium")
    with pytest.raises(system.BootstrapError, match="/nowhere/chromium"):
        system.ensure_system_libraries(for_tests=True)


def test_python_that_is_too_old_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (9, 0))
    monkeypatch.setattr(sys, "argv", ["bootstrap.py"])
    assert bootstrap.main() == 1
    assert "Python 3.11 or newer" in capsys.readouterr().err
