"""Taking out: one order for windows and scripts, packed where asked for, looked at before."""

import errno
import zipfile
from pathlib import Path

import pytest

from newsdesk.desk import Desk, create_desk
from newsdesk.desk.dataset_checking import Fault, verify_dataset
from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.importing import import_files
from newsdesk.desk.sample import build_sample_desk
from newsdesk.desk.taking_out import Order, look_ahead, take_out
from newsdesk.model import AnnotationFilter, Article, ArticleFilter, NewsdeskError
from newsdesk.model.splitting import Chunk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return build_sample_desk(tmp_path_factory.mktemp("desk") / "sample.desk", "Ada")


def test_only_the_desk_as_it_is_is_plain() -> None:
    def plain(**options: object) -> bool:
        made = DatasetOptions(**{"with_unmarked": True, **options})  # type: ignore[arg-type]
        return Order(path=Path("a"), format="json", options=made).plain

    assert plain() and plain(wanted=ArticleFilter(ids=("a",)), with_proposed=True)
    assert not plain(with_unmarked=False)
    assert not plain(chunk=Chunk.SENTENCE)
    assert not plain(wanted=ArticleFilter(words="x"))
    assert not plain(wanted=AnnotationFilter(labels=("PERSON",)))
    assert not Order(path=Path("a"), format="json", whole=True).plain


@pytest.mark.parametrize("name", ["jsonl", "brat", "doccano"])
def test_an_archive_holds_what_would_be_there_and_comes_back(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    report = take_out(desk, Order(path=tmp_path / "set.zip", format=name))
    assert report.path == str(tmp_path / "set.zip") and report.articles == desk.count(Article)
    with zipfile.ZipFile(tmp_path / "set.zip") as archive:
        assert archive.testzip() is None
        assert all(not one.startswith((".", "/")) for one in archive.namelist())
    assert [one.name for one in tmp_path.iterdir()] == ["set.zip"]
    before = (tmp_path / "set.zip").read_bytes()
    take_out(desk, Order(path=tmp_path / "set.zip", format=name))
    assert (tmp_path / "set.zip").read_bytes() == before
    other = create_desk(tmp_path / "other.desk", "Bo")
    back = import_files(other, [tmp_path / "set.zip"], partial=True)
    assert (back.articles, back.annotations) == (report.articles, report.annotations)
    other.close()


def test_a_dataset_is_packed_with_its_manifest(desk: Desk, tmp_path: Path) -> None:
    options = DatasetOptions(split=(80, 20))
    order = Order(path=tmp_path / "set.zip", format="jsonl", options=options, whole=True)
    take_out(desk, order)
    with zipfile.ZipFile(order.path) as archive:
        assert {"manifest.json", "train.jsonl", "test.jsonl"} <= set(archive.namelist())
        archive.extractall(tmp_path / "out")
    assert verify_dataset(tmp_path / "out") == verify_dataset(order.path) == (4, [])

    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for one in (tmp_path / "out").iterdir():
            if one.name != "test.jsonl":
                other.writestr(one.name, one.read_bytes() + b" " * (one.name == "articles.csv"))
        other.writestr("more.txt", "x")
    assert verify_dataset(tmp_path / "other.zip")[1] == [
        Fault("articles.csv", "it is not what was written"),
        Fault("test.jsonl", "it is missing"),
        Fault("more.txt", "the manifest does not list it"),
    ]


def test_an_archive_whose_bytes_are_damaged_is_named_not_read_through(
    desk: Desk, tmp_path: Path
) -> None:
    order = Order(path=tmp_path / "set.zip", format="jsonl", whole=True)
    take_out(desk, order)
    with zipfile.ZipFile(order.path) as archive:
        info = max(archive.infolist(), key=lambda one: one.file_size)
    packed = bytearray(order.path.read_bytes())
    packed[info.header_offset + 200] ^= 0xFF
    order.path.write_bytes(packed)
    assert verify_dataset(order.path)[1] == [Fault(info.filename, "it is not what was written")]
    for wrong in (b"", b"PK\x03\x04 and no more", b"{}"):
        order.path.write_bytes(wrong)
        with pytest.raises(NewsdeskError, match="no zip archive"):
            verify_dataset(order.path)


def test_a_full_disk_is_said_of_the_archive(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("newsdesk.formats.targets._settle", full)
    for whole in (False, True):
        order = Order(path=tmp_path / "set.zip", format="jsonl", whole=whole)
        with pytest.raises(NewsdeskError, match=r"The disk is full: set\.zip was not written"):
            take_out(desk, order)
        assert list(tmp_path.iterdir()) == []


def test_a_look_ahead_says_what_comes_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    for name, path in (("conll", "a.conll"), ("brat", "a"), ("jsonl", "a.zip")):
        order = Order(path=tmp_path / path, format=name)
        ahead = look_ahead(desk, order)
        assert list(tmp_path.iterdir()) == []
        assert ahead.withheld_count
        assert bool(ahead.loss_count) is (name == "conll")
        assert take_out(desk, order) == ahead
        for one in tmp_path.rglob("*.*"):
            one.unlink()
        for one in tmp_path.iterdir():
            one.rmdir()


def test_a_journal_goes_with_the_whole_desk_alone(desk: Desk, tmp_path: Path) -> None:
    order = Order(path=tmp_path / "a", format="jsonl", whole=True, with_journal=True)
    with pytest.raises(NewsdeskError, match="The journal tells of all articles"):
        take_out(desk, order)


@pytest.mark.parametrize("path", ["no/set.zip", "set.zip"])
def test_an_archive_that_can_t_be_written_leaves_nothing(
    desk: Desk, tmp_path: Path, path: str
) -> None:
    (tmp_path / "set.zip").mkdir()
    with pytest.raises(NewsdeskError, match="folder"):
        take_out(desk, Order(path=tmp_path / path, format="jsonl"))
    assert [one.name for one in tmp_path.iterdir()] == ["set.zip"]
