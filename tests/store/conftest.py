"""A store with a codebook and an article, in a file or on a PostgreSQL server of the test's own."""

import os
import shutil
import subprocess
from itertools import count
from pathlib import Path

import pytest

from newsdesk.store import create

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@pytest.fixture
def store(tmp_path):
    made = create(tmp_path / "a.desk")
    yield made
    made.close()


@pytest.fixture
def postgres(server):
    """The address of an empty database, the test's own."""
    bin_folder, folder = server
    name = f"desk{next(_numbers)}"
    create = [bin_folder / "createdb", "-h", folder, "-U", "tester", name]
    if int(bin_folder.parent.name) >= 15:  # ordered by a language's rules, as servers are
        create += ["-T", "template0", "--locale-provider=icu", "--icu-locale=en-US"]
    subprocess.run(create, check=True, cwd="/")
    return f"postgresql://tester@/{name}?host={folder}"


_numbers = count()


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server that listens on a Unix socket alone: its programs, and its folder."""
    if not SERVERS:
        pytest.skip("needs the server binaries of PostgreSQL")
    bin_folder = SERVERS[-1].parent
    # A server refuses to run as root, and a socket's path must be short.
    as_user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/pgXXXXXX"], text=True).strip())
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def run(*command):
        subprocess.run(command, check=True, capture_output=True, cwd="/", **as_user)

    run(bin_folder / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield bin_folder, folder
    finally:
        run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
