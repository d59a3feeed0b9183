import json
import os
import pickle
import random
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from netra.errors import PhotoError, PhotoErrorKind, UsageError
from screening.uploads import (
    FileSource,
    Skipped,
    SkipReason,
    Unreadable,
    Upload,
    find_uploads,
    open_upload,
    read_upload,
)
from vision.photo_file import printable
from vision.photo_limits import DEFAULT_LIMITS

NOBODY = 65534


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder that everybody can enter; whoever runs the tests as root is somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def pack(path: str, *names: str) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, b"x")


def told(*paths: str | Path) -> list[str]:
    """Each row in a word: an upload's path, or the path with why it is none."""
    rows = list(find_uploads(paths))
    assert [row.index for row in rows] == list(range(len(rows)))
    return [describe(row) for row in rows]


def describe(row: Upload | Skipped | Unreadable) -> str:
    if isinstance(row, Upload):
        return row.path
    return f"{row.path} {row.reason if isinstance(row, Skipped) else row.kind}"


def test_folders_are_walked_files_first_in_natural_order() -> None:
    make("p/IMG_10.jpg", "p/img_2.jpg", "p/b/2.jpg", "p/b/1.jpg", "p/A/deep/x.png", "p/A/z", "p/10/a.jpg", "p/9/a.jpg")
    expected = [
        "p/img_2.jpg",
        "p/IMG_10.jpg",
        "p/9/a.jpg",
        "p/10/a.jpg",
        "p/A/z",
        "p/A/deep/x.png",
        "p/b/1.jpg",
        "p/b/2.jpg",
    ]
    assert told("p") == expected
    assert told("p/") == expected
    assert told(Path("p")) == expected
    assert told("p/../p/b") == ["p/../p/b/1.jpg", "p/../p/b/2.jpg"]


def test_paths_come_in_the_order_they_were_named() -> None:
    make("z.jpg", "a/1.jpg", "m.jpg")
    assert told("z.jpg", "a", "m.jpg") == ["z.jpg", "a/1.jpg", "m.jpg"]
    assert told(".") == ["m.jpg", "z.jpg", "a/1.jpg"]


def test_nothing_is_skipped_in_silence() -> None:
    make(
        "p/.DS_Store",
        "p/Thumbs.db",
        "p/._a.jpg",
        "p/.git/config",
        "p/notes.txt",
        "p/clip.MP4",
        "p/a.rar",
        "p/a.jpg",
        "p/b",
    )
    assert told("p") == [
        "p/.DS_Store hidden",
        "p/._a.jpg hidden",
        "p/a.jpg",
        "p/a.rar archive",
        "p/b",
        "p/clip.MP4 not-a-photo-by-name",
        "p/notes.txt not-a-photo-by-name",
        "p/Thumbs.db hidden",
        "p/.git/ hidden",
    ]
    skipped = [row for row in find_uploads(["p"]) if isinstance(row, Skipped)]
    assert all(row.message.startswith(f"{row.path}: ") for row in skipped)


def test_a_file_that_is_named_itself_is_always_an_upload() -> None:
    make("p/notes.txt", "p/.hidden/.a.jpg", "p/b.jpg")
    assert told("p/notes.txt", "p/.hidden/.a.jpg") == ["p/notes.txt", "p/.hidden/.a.jpg"]
    # Also where a folder around it is named: in its place there, or by itself where the walk does not come by.
    assert told("p", "p/notes.txt", "p/.hidden/.a.jpg") == [
        "p/b.jpg",
        "p/notes.txt",
        "p/.hidden/ hidden",
        "p/.hidden/.a.jpg",
    ]


def test_a_hidden_folder_that_is_named_is_walked() -> None:
    make("p/.hidden/a.jpg")
    assert told("p/.hidden") == ["p/.hidden/a.jpg"]
    assert told("p", "p/.hidden") == ["p/.hidden/a.jpg"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["p", "p"], ["p/a.jpg", "p/q/b.jpg"]),
        (["p/a.jpg", "p/a.jpg"], ["p/a.jpg"]),
        (["p", "p/q", "p/a.jpg"], ["p/a.jpg", "p/q/b.jpg"]),
        (["p/q", "p"], ["p/q/b.jpg", "p/a.jpg"]),
        (["p/a.jpg", "p"], ["p/a.jpg", "p/q/b.jpg"]),
        (["p/q/../a.jpg", "./p"], ["p/q/../a.jpg", "p/q/b.jpg"]),
        (["p/q/b.jpg", "p/q"], ["p/q/b.jpg"]),
    ],
)
def test_what_is_reached_twice_has_one_row(paths: list[str], expected: list[str]) -> None:
    make("p/a.jpg", "p/q/b.jpg")
    assert told(*paths) == expected


def test_the_same_file_through_a_linked_parent_has_one_row() -> None:
    make("p/q/a.jpg")
    Path("link").symlink_to("p")
    assert told("p", "link/q") == ["p/q/a.jpg"]


def test_hard_links_are_files_of_their_own() -> None:
    make("p/a.jpg")
    os.link("p/a.jpg", "p/b.jpg")
    assert told("p") == ["p/a.jpg", "p/b.jpg"]


def test_links_are_rows_and_never_followed() -> None:
    make("elsewhere/a.jpg", "p/a.jpg")
    Path("p/folder").symlink_to("../elsewhere")
    Path("p/circle").symlink_to(".")
    Path("p/dangling.jpg").symlink_to("gone")
    Path("p/photo.jpg").symlink_to("a.jpg")
    Path("p/text.txt").symlink_to("a.jpg")
    links = ["p/circle link", "p/dangling.jpg link", "p/folder link", "p/photo.jpg link", "p/text.txt link"]
    assert told("p") == ["p/a.jpg", *links]
    assert told("p/photo.jpg") == ["p/photo.jpg link"]
    assert told("p/folder") == ["p/folder link"]
    assert told("p/photo.jpg", "p/a.jpg") == ["p/photo.jpg link", "p/a.jpg"]  # not the same file


def test_what_is_no_file_is_a_row() -> None:
    Path("p").mkdir()
    os.mkfifo("p/pipe")
    os.mknod("p/socket", stat.S_IFSOCK | 0o600)
    assert told("p") == ["p/pipe not-a-file", "p/socket not-a-file"]
    assert told(os.devnull) == [f"{os.devnull} not-a-file"]


def test_a_path_that_does_not_exist_stops_everything_at_once() -> None:
    make("a.jpg")
    with pytest.raises(UsageError, match=r"^gone: there is no such file or folder; .*\na.jpg/b: ") as caught:
        find_uploads(["a.jpg", "gone", "a.jpg/b"])
    assert caught.value.exit_code == 2
    with pytest.raises(UsageError, match="no such file"):
        find_uploads(["a\0b"])
    with pytest.raises(UsageError, match="nothing to scan"):
        find_uploads([])


def test_a_folder_without_permission_is_one_row() -> None:
    with as_nobody() as folder:
        for name in ("a", "closed", "z"):
            (folder / name).mkdir()
            (folder / name / "x.jpg").write_bytes(b"x")
        (folder / "closed").chmod(0)
        assert told(folder) == [f"{folder}/a/x.jpg", f"{folder}/closed/ not-readable", f"{folder}/z/x.jpg"]
        assert told(folder / "closed" / "x.jpg") == [f"{folder}/closed/x.jpg not-readable"]
        (folder / "closed").chmod(0o111)  # its files can be opened by name, but not listed
        paths = [folder, folder / "closed" / "x.jpg"]
        assert told(*paths)[1:] == [f"{folder}/closed/ not-readable", f"{folder}/z/x.jpg", f"{folder}/closed/x.jpg"]
        (folder / "closed").chmod(0o700)


def test_what_vanishes_between_listing_and_loading() -> None:
    make("p/a.jpg", "p/q/b.jpg", "p/r/c.jpg")
    rows = find_uploads(["p"])
    first = next(rows)
    assert isinstance(first, Upload)
    Path("p/a.jpg").unlink()
    Path("p/q/b.jpg").unlink()
    Path("p/q").rmdir()
    assert [describe(row) for row in rows] == ["p/q/ vanished", "p/r/c.jpg"]
    with pytest.raises(PhotoError, match=r"p/a\.jpg: it is not there") as caught:
        open_upload(first, DEFAULT_LIMITS)
    assert caught.value.kind == PhotoErrorKind.VANISHED


def test_a_named_folder_or_any_archive_without_photos_says_so() -> None:
    make("empty/.keep", "p/a.jpg")
    Path("bare/q").mkdir(parents=True)
    pack("none.zip", "readme.txt")
    pack("p/none.zip")
    assert told("bare") == ["bare/ no-photos"]
    assert told("empty", "p") == ["empty/.keep hidden", "empty/ no-photos", "p/a.jpg", "p/none.zip no-photos"]
    assert told("none.zip") == ["none.zip/readme.txt not-a-photo-by-name", "none.zip no-photos"]
    assert told("p", "p") == ["p/a.jpg", "p/none.zip no-photos"]


def test_archives_are_expanded_where_they_are_met() -> None:
    make("p/z.jpg")
    pack(
        "p/album.ZIP",
        "2.jpg",
        "inner/1.jpg",
        "inner/",
        "notes.txt",
        "__MACOSX/._2.jpg",
        "b/.x.jpg",
        "more.zip",
        "w\\.y.jpg",
    )
    expected = [
        "p/album.ZIP/2.jpg",
        "p/album.ZIP/inner/1.jpg",
        "p/album.ZIP/notes.txt not-a-photo-by-name",
        "p/album.ZIP/__MACOSX/._2.jpg hidden",
        "p/album.ZIP/b/.x.jpg hidden",
        "p/album.ZIP/more.zip archive",
        "p/album.ZIP/w\\.y.jpg hidden",
    ]
    assert told("p") == [*expected, "p/z.jpg"]
    assert told("p/album.ZIP") == expected


def test_members_that_climb_out_stay_names() -> None:
    pack("a.zip", "../../evil.jpg", "/abs.jpg")
    assert told("a.zip") == ["a.zip/../../evil.jpg", "a.zip//abs.jpg"]
    assert all(isinstance(row, Upload) and read_upload(row, 10) == b"x" for row in find_uploads(["a.zip"]))
    assert os.listdir() == ["a.zip"]


def test_bad_archives_are_one_row_each() -> None:
    make("p/bad.zip", "p/c.jpg")
    pack("p/locked.zip", "a.jpg")
    data = bytearray(Path("p/locked.zip").read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    Path("p/locked.zip").write_bytes(data)
    assert told("p") == ["p/bad.zip damaged", "p/c.jpg", "p/locked.zip/a.jpg not-readable"]


def test_photos_are_loaded_from_files_and_archives() -> None:
    image = Image.new("RGB", (40, 30), (200, 100, 50))
    Path("p").mkdir()
    image.save("p/a.png")
    with zipfile.ZipFile("p/b.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.write("p/a.png", "inner/a.png")
    for row in find_uploads(["p"]):
        assert isinstance(row, Upload)
        row = pickle.loads(pickle.dumps(row))  # noqa: PLW2901 - as a worker receives it
        photo = open_upload(row, DEFAULT_LIMITS, longest_side=20)
        assert (photo.width, photo.height) == (40, 30)
        assert photo.pixels.shape == (15, 20, 3)
        assert read_upload(row, 10**6) == Path("p/a.png").read_bytes()


def test_messages_name_the_member() -> None:
    pack("a.zip", "teks.jpg")
    (row,) = find_uploads(["a.zip"])
    assert isinstance(row, Upload)
    with pytest.raises(PhotoError, match=r"^a\.zip/teks\.jpg: not a photo"):
        open_upload(row, DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("name", "path", "shown"),
    [
        ("\U0001f600 \u0641.jpg", "\U0001f600 \u0641.jpg", "\U0001f600 \u0641.jpg"),
        ("a\nb\x1b[0m.jpg", "a\nb\x1b[0m.jpg", r"a\nb\x1b[0m.jpg"),
        ("a\u202egpj.jpg", "a\u202egpj.jpg", r"a\u202egpj.jpg"),
        (os.fsdecode(b"foto\xff\xfe.jpg"), r"foto\xff\xfe.jpg", r"foto\xff\xfe.jpg"),
    ],
)
def test_strange_names_survive(name: str, path: str, shown: str) -> None:
    make(f"p/{name}")
    for named in ("p", f"p/{name}"):
        (row,) = find_uploads([named])
        assert isinstance(row, Upload)
        assert json.loads(json.dumps(row.path).encode()) == row.path == f"p/{path}"
        assert printable(row.path) == f"p/{shown}"
        assert read_upload(pickle.loads(pickle.dumps(row)), 10) == b"x"


def test_rows_are_checked_at_birth() -> None:
    with pytest.raises(ValueError, match="valid Unicode"):
        Upload(0, "\udcff", FileSource("\udcff"))
    with pytest.raises(ValueError, match="0 or more"):
        Skipped(-1, "a", SkipReason.HIDDEN)


def test_folders_are_listed_only_when_their_turn_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    make("p/a.jpg", *(f"p/{number}/x.jpg" for number in range(50)))
    listed = []
    real = os.scandir

    def scandir(path: Path) -> Any:
        listed.append(path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [row.path for row in islice(find_uploads(["p"]), 3)] == ["p/a.jpg", "p/0/x.jpg", "p/1/x.jpg"]
    assert len(listed) == 3


def test_folders_may_lie_deep() -> None:
    here, start = Path("deep"), Path.cwd()
    here.mkdir()
    os.chdir(here)
    for _ in range(1100):  # deeper than Python's calls
        Path("d").mkdir()
        os.chdir("d")
    Path("a.jpg").touch()
    os.chdir(start)
    assert told("deep") == [f"deep/{'d/' * 1100}a.jpg"]
    while here.joinpath("d").exists():  # pytest's own clean-up cannot go as deep
        deeper = Path("deeper")
        here.joinpath("d").rename(deeper)
        here.rmdir()
        deeper.rename(here)


FOLDERS = st.dictionaries(
    st.text("aAb019", min_size=1, max_size=4),
    st.lists(st.text("xX012", min_size=1, max_size=4), max_size=4),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(FOLDERS, st.randoms())
def test_the_order_is_that_of_the_names_alone(folders: dict[str, list[str]], chance: random.Random) -> None:
    found = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as name:
            paths = [Path(name, "p", folder, file) for folder, files in folders.items() for file in files]
            Path(name, "p").mkdir()
            chance.shuffle(paths)
            for path in paths:
                path.parent.mkdir(exist_ok=True)
                path.touch()
            rows = list(find_uploads([Path(name, "p")]))
            found.append([row.path.removeprefix(name) for row in rows])
            assert {row.path for row in rows if isinstance(row, Upload)} == {path.as_posix() for path in paths}
            assert len(rows) == max(1, len(set(paths)))
    assert found[0] == found[1]
