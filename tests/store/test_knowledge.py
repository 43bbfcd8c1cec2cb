"""Knowledge bases on PostgreSQL, by the same checks as in a file."""

import subprocess

import pytest

from newsdesk.desk import create_desk
from tests.desk.test_knowledge import ENTRIES, check_all_of_it
from tests.store.conftest import SERVERS


@pytest.mark.postgres
def test_the_same_code_searches_on_postgresql(postgres, tmp_path):
    file = tmp_path / "places.tsv"
    file.write_text(ENTRIES, encoding="utf-8")
    host = postgres.rsplit("host=", 1)[1]
    command = [SERVERS[-1].parent / "createdb", "-h", host, "-U", "tester", "knowledge"]
    subprocess.run(command, check=True, capture_output=True)
    desk = create_desk(postgres.replace("/desk?", "/knowledge?"), "Ann")
    try:
        check_all_of_it(desk, file)
    finally:
        desk.close()
