"""Finds the system libraries, fonts and display server that Qt needs on Linux, and how to get them.

PySide6 brings Qt itself, but not what every desktop already has: on a server or in a container
the window fails to start with a message that names one missing library at a time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

# What the window loads; ldd follows from each to all that it needs in turn.
QT_PARTS = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtPrintSupport.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
)

# Debian and Ubuntu name most packages after the library; these are the exceptions.
_NAMED_OTHERWISE = {
    "libz.so.1": "zlib1g",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libGLdispatch.so.0": "libglvnd0",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONT_FILES = (".ttf", ".otf", ".ttc")
_NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)

Run = Callable[[list[str]], str]


@dataclass(frozen=True)
class Missing:
    """What this machine lacks: libraries by file name, and packages that are wanted besides."""

    libraries: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.libraries or self.wanted)

    @property
    def packages(self) -> list[str]:
        """The Debian packages that bring all of it, each named once, in order."""
        return sorted({debian_package(each) for each in self.libraries} | set(self.wanted))


def debian_package(library: str) -> str:
    """The Debian package of a library: libxcb-cursor.so.0 is in libxcb-cursor0.

    The rule is Debian's own (policy, section 8.1): name and version joined, in lower case, with a
    hyphen between when the name ends in a digit.
    """
    if library in _NAMED_OTHERWISE:
        return _NAMED_OTHERWISE[library]
    name, _, version = library.lower().partition(".so")
    name = name.replace("_", "-")
    version = version.lstrip(".")
    return f"{name}-{version}" if name[-1:].isdigit() else f"{name}{version}"


def missing_libraries(pyside: Path, run: Run | None = None) -> tuple[str, ...]:
    """The names of the shared libraries that Qt in this folder of PySide6 asks for in vain."""
    run = run or _output
    present = [str(pyside / part) for part in QT_PARTS if (pyside / part).exists()]
    if not present:
        return ()
    return tuple(sorted(set(_NOT_FOUND.findall(run(["ldd", *present])))))


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:  # no ldd: then nothing can be known, and Qt itself will speak
        return ""


def has_fonts(folders: Iterable[str] = _FONT_FOLDERS) -> bool:
    """Whether any font is installed: without one, every letter is drawn as an empty box."""
    for folder in folders:
        for _, _, files in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith(_FONT_FILES) for name in files):
                return True
    return False


def look(pyside: Path, for_tests: bool) -> Missing:
    """What is missing here to show a window, or, for tests, to drive one without a screen."""
    if not sys.platform.startswith("linux"):
        return Missing()
    wanted = [] if has_fonts() else ["fonts-dejavu-core"]
    if for_tests and shutil.which("Xvfb") is None:
        wanted.append("xvfb")
    return Missing(missing_libraries(pyside), tuple(wanted))


def command_for(missing: Missing, release: str) -> list[str] | None:
    """The one command that installs what is missing, or None on a system we can't name it for.

    `release` is the text of /etc/os-release, which says whose child this system is.
    """
    family = set(re.findall(r"[a-z]+", " ".join(re.findall(r"^ID(?:_LIKE)?=(.*)$", release, re.M))))
    if family & {"debian", "ubuntu"}:
        return ["apt-get", "install", "-y", "--no-install-recommends", *missing.packages]
    if family & {"fedora", "rhel"}:
        names = {"fonts-dejavu-core": "dejavu-sans-fonts", "xvfb": "xorg-x11-server-Xvfb"}
        libraries = [f"{each}()(64bit)" for each in missing.libraries]
        return ["dnf", "install", "-y", *libraries, *(names[each] for each in missing.wanted)]
    return None


def os_release() -> str:
    """The text of /etc/os-release; empty where there is none."""
    try:
        return Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return ""


def install(command: list[str]) -> bool:
    """Run an apt-get command; package lists that are absent or stale are fetched once."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, env=environment, check=False).returncode == 0:
        return True
    subprocess.run(["apt-get", "update"], env=environment, check=False)
    return subprocess.run(command, env=environment, check=False).returncode == 0
