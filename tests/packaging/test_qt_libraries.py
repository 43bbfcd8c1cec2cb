"""What Qt lacks on a Linux system is found, named by package, and installed by one command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dev
import environment
import PySide6
import pytest
import qt_libraries
from environment import SetupFailed
from qt_libraries import Missing

LDD = """\
/x/QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibEGL.so.1 => not found
\tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f00)
/x/Qt/plugins/platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""
DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'
UBUNTU_CHILD = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = 'ID=fedora\nVERSION_ID=42\nHOME="debian"\n'
ARCH = "ID=arch\n"
PYSIDE = Path(PySide6.__file__).parent
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="libraries are looked at on Linux only")


def make_pyside(folder: Path) -> Path:
    for part in qt_libraries.QT_PARTS:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).touch()
    return folder


def test_each_missing_library_is_named_once(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def ldd(command: list[str]) -> str:
        asked.append(command)
        return LDD

    found = qt_libraries.missing_libraries(make_pyside(tmp_path), ldd)
    assert found == ("libEGL.so.1", "libxcb-cursor.so.0")
    assert asked == [["ldd", *(str(tmp_path / part) for part in qt_libraries.QT_PARTS)]]


def test_without_qt_or_ldd_nothing_is_claimed(tmp_path: Path) -> None:
    assert qt_libraries.missing_libraries(tmp_path / "none", lambda _: LDD) == ()
    assert qt_libraries._output(["newsdesk-no-such-command"]) == ""


@LINUX
def test_qt_finds_every_library_on_a_system_where_these_tests_run() -> None:
    assert all((PYSIDE / part).exists() for part in qt_libraries.QT_PARTS)
    assert qt_libraries.missing_libraries(PYSIDE) == ()


@LINUX
@pytest.mark.skipif(shutil.which("gcc") is None, reason="makes a library with the C compiler")
def test_the_real_ldd_names_a_library_that_is_gone(tmp_path: Path) -> None:
    pyside = tmp_path / "PySide6"
    platforms = pyside / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    empty = tmp_path / "empty.c"
    empty.touch()
    link = ["gcc", "-shared", "-nostdlib", "-Wl,--no-as-needed", empty]
    gone = tmp_path / "libnewsdesk-gone.so.3"
    subprocess.run([*link, "-Wl,-soname,libnewsdesk-gone.so.3", "-o", gone], check=True)
    subprocess.run([*link, gone, "-o", platforms / "libqxcb.so"], check=True)
    gone.unlink()
    assert qt_libraries.missing_libraries(pyside) == ("libnewsdesk-gone.so.3",)


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libxcb.so.1", "libxcb1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libz.so.1", "zlib1g"),
    ],
)
def test_the_debian_package_of_a_library(library: str, package: str) -> None:
    assert qt_libraries.debian_package(library) == package


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="asks Debian's own records")
def test_debian_itself_agrees_on_every_library_that_qt_needs_here() -> None:
    listed = qt_libraries._output(["ldd", *(str(PYSIDE / each) for each in qt_libraries.QT_PARTS)])
    names = {line.split()[0] for line in listed.splitlines() if " => /" in line}
    names = {each for each in names if not each.startswith(("libQt6", "libpyside6", "libshiboken"))}
    owned = qt_libraries._output(["dpkg-query", "-S", *(f"*/{each}" for each in names)])
    owners: dict[str, set[str]] = {}
    for line in owned.splitlines():
        packages, _, path = line.rpartition(": ")
        owner = {each.split(":")[0].removesuffix("t64") for each in packages.split(", ")}
        owners.setdefault(Path(path).name, set()).update(owner)
    c_library = {"libc6", "libicu72", "libicu74", "libicu76"}
    wrong = {
        name: owner
        for name, owner in owners.items()
        if not owner & {qt_libraries.debian_package(name), *c_library}
    }
    assert wrong == {}


def test_one_command_for_each_family() -> None:
    missing = Missing(("libEGL.so.1", "libGL.so.1"), ("xvfb",))
    apt = ["apt-get", "install", "-y", "--no-install-recommends", "libegl1", "libgl1", "xvfb"]
    assert qt_libraries.command_for(missing, DEBIAN) == apt
    assert qt_libraries.command_for(missing, UBUNTU_CHILD) == apt
    dnf = qt_libraries.command_for(missing, FEDORA)
    assert dnf is not None
    assert dnf[:3] == ["dnf", "install", "-y"]
    assert dnf[3:] == ["libEGL.so.1()(64bit)", "libGL.so.1()(64bit)", "xorg-x11-server-Xvfb"]
    assert qt_libraries.command_for(missing, ARCH) is None
    assert qt_libraries.command_for(missing, "") is None


def test_a_font_counts_and_another_file_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "fonts" / "truetype"
    folder.mkdir(parents=True)
    (folder / "readme.txt").touch()
    assert not qt_libraries.has_fonts([str(tmp_path), str(tmp_path / "absent")])
    (folder / "Sans.TTF").touch()
    assert qt_libraries.has_fonts([str(tmp_path / "absent"), str(tmp_path)])


@LINUX
def test_xvfb_is_wanted_for_tests_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(qt_libraries, "has_fonts", lambda: False)
    assert qt_libraries.look(tmp_path, for_tests=True).wanted == ("fonts-dejavu-core", "xvfb")
    assert qt_libraries.look(tmp_path, for_tests=False).wanted == ("fonts-dejavu-core",)


def test_elsewhere_than_on_linux_nothing_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not qt_libraries.look(tmp_path, for_tests=True)


class System:
    """A stand-in for the machine: what is missing, who asks, and what apt-get is able to bring."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, missing: Missing) -> None:
        self.missing = missing
        self.brought = Missing()
        self.commands: list[list[str]] = []
        (folder / "lib" / "python3.11" / "site-packages" / "PySide6").mkdir(parents=True)
        monkeypatch.setattr(environment, "VENV", folder)
        monkeypatch.setattr(qt_libraries, "look", lambda *_, **__: self.missing)
        monkeypatch.setattr(qt_libraries, "os_release", lambda: DEBIAN)
        monkeypatch.setattr(qt_libraries, "install", self.install)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")

    def install(self, command: list[str]) -> bool:
        self.commands.append(command)
        self.missing = self.brought
        return not self.brought


LIBRARY = Missing(("libEGL.so.1",))


def test_as_root_on_debian_the_command_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    system = System(monkeypatch, tmp_path, LIBRARY)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    dev.see_to_qt(for_tests=False)
    assert system.commands == [["apt-get", "install", "-y", "--no-install-recommends", "libegl1"]]
    assert "libEGL.so.1" in capsys.readouterr().out


def test_what_apt_get_cannot_bring_stops_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System(monkeypatch, tmp_path, LIBRARY)
    system.brought = LIBRARY
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SetupFailed, match=r"libEGL\.so\.1"):
        dev.see_to_qt(for_tests=False)


def test_anyone_else_is_told_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    system = System(monkeypatch, tmp_path, LIBRARY)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupFailed):
        dev.see_to_qt(for_tests=False)
    assert system.commands == []
    shown = "    sudo apt-get install -y --no-install-recommends libegl1\n"
    assert shown in capsys.readouterr().out


def test_a_missing_font_is_said_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    System(monkeypatch, tmp_path, Missing((), ("fonts-dejavu-core",)))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    dev.see_to_qt(for_tests=True)
    assert "fonts-dejavu-core" in capsys.readouterr().out


def test_on_a_strange_system_the_names_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    System(monkeypatch, tmp_path, LIBRARY)
    monkeypatch.setattr(qt_libraries, "os_release", lambda: ARCH)
    with pytest.raises(SetupFailed):
        dev.see_to_qt(for_tests=True)
    assert "libEGL.so.1" in capsys.readouterr().out


def test_stale_package_lists_are_fetched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([100, 0, 0])
    commands: list[list[str]] = []

    def fake(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, next(codes))

    monkeypatch.setattr(subprocess, "run", fake)
    assert qt_libraries.install(["apt-get", "install", "libegl1"])
    assert [each[1] for each in commands] == ["install", "update", "install"]
