"""Reference photos through the review page's door: what is taken, what is refused, and that nothing else changes."""

import hashlib
import os
import shutil
import threading
import tomllib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import fixtures
from candidates.election import load_election
from candidates.enrol import FaceReader
from candidates.templates import TemplateCache
from console.election_edit import replace_text, with_photo, write_new
from console.review_enrolment import ElectionFolder, enrolments_of, remembered_enrolments
from netra.errors import ConfigError, OutputError, UsageError
from screening.reading import analyser

WHO, OTHER = "damar-wicaksatya", "kirana-suryalaga"


def reference(name: str) -> Image.Image:
    return Image.open(fixtures.ELECTION.parent / "photos" / name)


def jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def mirrored(name: str) -> bytes:
    return jpeg(reference(name).transpose(Image.Transpose.FLIP_LEFT_RIGHT))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "pemilihan"
    shutil.copytree(fixtures.ELECTION.parent, folder)
    path = folder / "kota.toml"
    (folder / fixtures.ELECTION.name).rename(path)
    return path


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templat")


@pytest.fixture
def folder(file: Path, templates: Path) -> ElectionFolder:
    return ElectionFolder(file, TemplateCache(templates))


def everything(file: Path) -> dict[str, bytes]:
    return {str(path.relative_to(file.parent)): path.read_bytes() for path in file.parent.rglob("*") if path.is_file()}


def test_every_candidate_is_told_with_their_photos(folder: ElectionFolder) -> None:
    people = {one.id: one for one in folder.candidates()}
    assert len(people) == 6
    assert [(photo.name, photo.usable) for photo in people[WHO].photos] == [
        (f"photos/{WHO}-{i}.jpg", True) for i in (1, 2, 3)
    ]
    assert people[WHO].ticket == 1
    ((indonesian, english),) = people[WHO].remarks  # the file has a decoy who is alike
    assert "mirip" in indonesian
    assert "look alike" in english


def test_the_photos_are_read_once_until_one_of_them_changes(file: Path, templates: Path) -> None:
    asked: list[int] = []

    def counting() -> FaceReader:
        asked.append(1)
        return analyser()

    folder = ElectionFolder(file, TemplateCache(templates), counting)
    before = folder.candidates()
    assert folder.candidates() == before
    assert len(asked) == 1
    (file.parent / "photos" / f"{WHO}-1.jpg").write_bytes(jpeg(Image.new("RGB", (400, 500))))
    assert not next(one for one in folder.candidates() if one.id == WHO).photos[0].usable
    assert len(asked) == 2


def test_a_photo_is_kept_under_a_name_of_its_own_and_named_in_the_file(folder: ElectionFolder, file: Path) -> None:
    before, data = everything(file), mirrored(f"{WHO}-1.jpg")
    with folder.checked(WHO, data) as looked:
        assert looked.photo.usable
        copy = looked.keep()
    name = f"photos/{WHO}/{hashlib.sha256(data).hexdigest()[:16]}.jpg"
    assert (looked.photo.name, looked.sha256) == (name, f"sha256:{hashlib.sha256(data).hexdigest()}")
    after = everything(file)
    assert after[name] == data
    assert after.pop(copy) == before["kota.toml"], "the old file lies beside the new one"
    assert {key for key in after if before.get(key) != after[key]} == {"kota.toml", name}
    old, new = before["kota.toml"].decode().splitlines(), after["kota.toml"].decode().splitlines()
    assert [line for line in new if line not in old] == [f'    "{name}",']
    assert [line for line in old if line not in new] == []
    assert [photo.name for photo in load_election(file).candidate(WHO).photos][-1] == name
    assert [photo.name for photo in folder.candidates()[0].photos][-1] == name
    assert [one.path for one in folder.reference(name)] == [file.parent / name]
    assert len(folder.reference(name)[0].box_xyxy) == 4


@pytest.mark.parametrize("ending", ["PNG", "WEBP", "BMP", "GIF"])
def test_the_ending_is_that_of_the_content(folder: ElectionFolder, ending: str) -> None:
    data = BytesIO()
    reference(f"{WHO}-2.jpg").transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(data, ending)
    with folder.checked(WHO, data.getvalue()) as looked:
        assert looked.photo.name.endswith(f".{ending.lower()}")


def two_people() -> bytes:
    both = Image.new("RGB", (800, 500))
    both.paste(reference(f"{WHO}-1.jpg"), (0, 0))
    both.paste(reference(f"{OTHER}-1.jpg"), (400, 0))
    return jpeg(both)


def many_pixels() -> bytes:
    """A picture of a few kilobytes that would take gigabytes."""
    data = BytesIO()
    Image.new("1", (30_000, 30_000)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"<script>alert(1)</script>", "tidak dapat dibaca"),
        (lambda: jpeg(reference(f"{WHO}-1.jpg"))[:3000], "tidak dapat dibaca"),
        (many_pixels, "tidak dapat dibaca"),
        (lambda: jpeg(Image.new("RGB", (400, 500))), "wajah"),
        (lambda: jpeg(reference(f"{WHO}-1.jpg").resize((60, 75))), "terlalu kecil"),
        (two_people, "wajah"),
        (lambda: mirrored(f"{OTHER}-1.jpg"), "kurang mirip dengan foto lain"),
        ((fixtures.ELECTION.parent / "photos" / f"{WHO}-1.jpg").read_bytes, "tidak dipakai dua kali"),
        ((fixtures.ELECTION.parent / "photos" / f"{OTHER}-1.jpg").read_bytes, ""),
    ],
    ids=["no photo", "cut", "bomb", "no face", "small", "two faces", "somebody else", "again", "another's photo"],
)
def test_what_no_face_can_be_learnt_from_is_refused_with_its_reason(
    folder: ElectionFolder, file: Path, templates: Path, make: Callable[[], bytes], said: str
) -> None:
    folder.candidates()
    before, kept = everything(file), {path.name for path in templates.iterdir()}
    with folder.checked(WHO, make()) as looked:
        assert not looked.photo.usable
        assert said in " ".join(indonesian for indonesian, _ in looked.photo.remarks)
        assert all(english for _, english in looked.photo.remarks)
        with pytest.raises(ValueError, match="can be used"):
            looked.keep()
    assert everything(file) == before
    assert {path.name for path in templates.iterdir()} == kept, "nobody else's face is kept"


def test_a_photo_that_is_named_already_is_refused(folder: ElectionFolder) -> None:
    data = mirrored(f"{WHO}-1.jpg")
    for usable in (True, False):
        with folder.checked(WHO, data) as looked:
            assert looked.photo.usable is usable
            if usable:
                looked.keep()


def test_nobody_of_that_id_is_told(folder: ElectionFolder) -> None:
    with pytest.raises(UsageError, match="no candidate"), folder.checked("siapa", b""):
        pass


def test_a_file_that_is_there_is_never_replaced(folder: ElectionFolder, file: Path) -> None:
    data = mirrored(f"{WHO}-1.jpg")
    place = file.parent / "photos" / WHO / f"{hashlib.sha256(data).hexdigest()[:16]}.jpg"
    place.parent.mkdir()
    place.write_bytes(b"somebody's")
    before = everything(file)
    with pytest.raises(OutputError, match="another file is there"), folder.checked(WHO, data) as looked:
        looked.keep()
    assert everything(file) == before


def test_a_photo_left_by_a_stop_is_taken_up(folder: ElectionFolder, file: Path) -> None:
    data = mirrored(f"{WHO}-1.jpg")
    place = file.parent / "photos" / WHO / f"{hashlib.sha256(data).hexdigest()[:16]}.jpg"
    place.parent.mkdir()
    place.write_bytes(data)
    with folder.checked(WHO, data) as looked:
        looked.keep()
    assert place in [photo.path for photo in load_election(file).candidate(WHO).photos]


def test_what_fails_afterwards_takes_the_photo_back(folder: ElectionFolder, file: Path) -> None:
    before = everything(file)

    def fail() -> None:
        with folder.checked(WHO, mirrored(f"{WHO}-1.jpg")) as looked:
            looked.keep()
            raise RuntimeError("the log cannot be written")

    with pytest.raises(RuntimeError):
        fail()
    after = everything(file)
    assert {name: data for name, data in after.items() if not name.endswith(".bak")} == before


def test_a_file_that_was_changed_meanwhile_is_left_alone(folder: ElectionFolder, file: Path) -> None:
    with folder.checked(WHO, mirrored(f"{WHO}-1.jpg")) as looked:
        file.write_bytes(file.read_bytes() + b"\n# by hand\n")
        before = everything(file)
        with pytest.raises(OutputError, match="just now"):
            looked.keep()
    assert everything(file) == before


def test_a_disk_that_refuses_changes_nothing(
    folder: ElectionFolder, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(file)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with folder.checked(WHO, mirrored(f"{WHO}-1.jpg")) as looked:
        monkeypatch.setattr("console.election_edit.shutil.copymode", refuse)
        with pytest.raises(OutputError, match="No space"):
            looked.keep()
    assert {name: data for name, data in everything(file).items() if not name.endswith(".bak")} == before


def test_a_pattern_that_would_give_the_photo_to_others_too_is_noticed(file: Path, templates: Path) -> None:
    photos = file.parent / "photos"
    (photos / "semua").mkdir()
    text = file.read_text("utf-8")
    for i in (1, 2, 3):
        (photos / f"{OTHER}-{i}.jpg").rename(photos / "semua" / f"{OTHER}-{i}.jpg")
        text = text.replace(f'    "photos/{OTHER}-{i}.jpg",\n', '    "photos/*/*.jpg",\n' if i == 1 else "")
    file.write_text(text, "utf-8")
    folder = ElectionFolder(file, TemplateCache(templates))
    before = everything(file)
    with pytest.raises(OutputError, match="pattern"), folder.checked(WHO, mirrored(f"{WHO}-1.jpg")) as looked:
        looked.keep()
    assert {name: data for name, data in everything(file).items() if not name.endswith(".bak")} == before


def test_photos_of_two_people_at_once_are_both_kept(folder: ElectionFolder, file: Path) -> None:
    kept: list[str] = []

    def add(who: str) -> None:
        with folder.checked(who, mirrored(f"{who}-1.jpg")) as looked:
            looked.keep()
            kept.append(looked.photo.name)

    threads = [threading.Thread(target=add, args=(who,)) for who in (WHO, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    election = load_election(file)
    named = [photo.name for who in (WHO, OTHER) for photo in election.candidate(who).photos]
    assert len(kept) == 2
    assert set(kept) <= set(named)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_the_election_file_stays_one(file: Path, templates: Path, tmp_path: Path) -> None:
    link = tmp_path / "tautan.toml"
    link.symlink_to(file)
    with ElectionFolder(link, TemplateCache(templates)).checked(WHO, mirrored(f"{WHO}-1.jpg")) as looked:
        looked.keep()
    assert link.is_symlink()
    assert looked.photo.name in file.read_text("utf-8")


def test_an_election_file_that_became_another_ones_is_not_touched(folder: ElectionFolder, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("pilkada-kota-contoh-2024", "pilkada-lain"), "utf-8")
    with pytest.raises(ConfigError, match="start again"):
        folder.candidates()
    assert folder.photos_of(WHO) == ()
    assert folder.reference(f"photos/{WHO}-1.jpg") == ()


def test_an_election_is_named_once(file: Path) -> None:
    assert [each.election_id for each in enrolments_of([str(file)])] == ["pilkada-kota-contoh-2024"]
    with pytest.raises(UsageError, match="twice"):
        enrolments_of([str(file), str(fixtures.ELECTION)])


def test_what_a_scan_remembered_serves_where_nothing_is_named(file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.toml"
    broken.write_text("[election", "utf-8")
    places = {"hilang": str(tmp_path / "x.toml"), "rusak": str(broken), "lain": str(file)}
    assert remembered_enrolments(places, ()) == ()
    (found,) = remembered_enrolments({"pilkada-kota-contoh-2024": str(file)}, ())
    assert found.path == file
    assert remembered_enrolments({"pilkada-kota-contoh-2024": str(file)}, enrolments_of([str(file)])) == ()


# --- the text ------------------------------------------------------------------------------------------------------

LAYOUTS = st.sampled_from(
    ['["a.jpg"]', '["a.jpg",]', '[ "a.jpg", "b.jpg" ] # hari', '[\n    "a.jpg", # satu\n    "b.jpg",\n]',
     '[\n\t"a.jpg",\n\t"b.jpg" # akhir\n]', "['a.jpg',\n 'b.jpg']", '[ # awal\n"a.jpg"\n\n,\n]']
)  # fmt: skip
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)


@given(layouts=st.lists(LAYOUTS, min_size=1, max_size=4), data=st.data(), ending=st.sampled_from(["\n", "\r\n"]))
def test_one_name_is_added_and_every_comment_stays(layouts: list[str], data: st.DataObject, ending: str) -> None:
    parts = ["# awal", "judul = 'x'   # tetap"]
    for i, layout in enumerate(layouts):
        parts += ["[[tickets]]", f"number = {i}", "[[tickets.candidates]]", f'id = "calon-{i}"  # siapa']
        parts += [f"photos = {layout}", "", "# antara"]
    text = "\n".join(parts).replace("\n", ending) + data.draw(st.sampled_from(["", ending]))
    who, name = data.draw(st.integers(0, len(layouts) - 1)), data.draw(NAMES)
    after = with_photo(text, f"calon-{who}", name)
    expected = tomllib.loads(text)
    expected["tickets"][who]["candidates"][0]["photos"].append(name)
    assert tomllib.loads(after) == expected
    for said in ("# awal", "# tetap", "# siapa", "# antara", "# satu", "# hari", "# akhir"):
        assert after.count(said) >= text.count(said)
    assert with_photo("\ufeff" + text, f"calon-{who}", name) == "\ufeff" + after


def test_tables_within_a_line_serve_too() -> None:
    text = 'tickets = [{ number = 1, candidates = [{ id = "a", photos = ["x.jpg"] }] }]  # sebaris\n'
    assert with_photo(text, "a", "y.jpg") == text.replace('"x.jpg"', '"x.jpg", "y.jpg"')


def test_nobody_or_two_of_an_id_are_refused() -> None:
    text = '[[tickets]]\n[[tickets.candidates]]\nid = "a"\nphotos = ["x"]\n'
    for wrong in (text, text + text):
        with pytest.raises(ValueError, match="one candidate"):
            with_photo(wrong, "b" if wrong == text else "a", "y")


def test_a_new_file_is_whole_and_replaces_nothing(tmp_path: Path) -> None:
    place = tmp_path / "foto.jpg"
    assert write_new(place, b"1")
    assert not write_new(place, b"1")
    with pytest.raises(OutputError, match="kept"):
        write_new(place, b"2")
    assert place.read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["foto.jpg"]


def test_a_disk_without_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("console.election_edit.os.link", refuse)
    place = tmp_path / "foto.jpg"
    assert write_new(place, b"1")
    with pytest.raises(OutputError):
        write_new(place, b"2")
    assert place.read_bytes() == b"1"


def test_rights_of_the_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"1")
    file.chmod(0o640)
    copy = replace_text(file, b"2")
    assert (file.read_bytes(), copy.read_bytes()) == (b"2", b"1")
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o640
