"""``--manifest``: mistakes are told before anything is scanned, what has no counterpart is named, records have it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image

Netra = Callable[..., Result]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures of nobody, which are read in no time; one of them says when it was taken."""
    photos = tmp_path / "unggahan"
    photos.mkdir()
    for number in range(5):
        exif = Image.Exif()
        if number == 1:
            exif.get_ifd(0x8769)[0x9003] = "2023:01:01 10:00:00"
            exif[0x010F], exif[0x0131] = "Rekaan", "Snapseed 2.0"
        Image.new("RGB", (128, 96), (number * 40, 90, 120)).save(photos / f"{number}.jpg", exif=exif)
    return photos


def records(text: str) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in text.splitlines()]
    return {Path(line["path"]).name: line for line in lines}


def test_a_record_says_what_the_manifest_says(netra: Netra, election: Path, folder: Path) -> None:
    manifest = folder.parent / "uploads.csv"
    manifest.write_text(
        "path;uploader_id;agency;posted_at;taken_at\n"
        "unggahan\\0.jpg;u-1;Dinas Rekaan;2024-10-08 23:30 WIT;\n"
        "unggahan\\1.jpg;u-2;Dinas Rekaan;;2024-10-08\n"
        "unggahan\\9.jpg;u-3;;;\n",
        encoding="utf-8-sig",
    )
    result = netra("scan", folder, "--election", election, "--manifest", manifest, "--jsonl", "-", "--hands", "never")
    assert result.exit_code == 0, result.output
    lines = records(result.stdout)
    assert lines["0.jpg"]["upload"] == {
        "uploader_id": "u-1",
        "agency": "Dinas Rekaan",
        "posted": [{"day": "2024-10-08", "source": "manifest", "at": "2024-10-08T23:30:00+09:00"}],
    }
    upload = lines["1.jpg"]["upload"]
    assert [(one["day"], one["source"]) for one in upload["taken"]] == [
        ("2024-10-08", "manifest"),
        ("2023-01-01", "exif"),
    ]
    assert (upload["camera"], upload["editor"]) == ("Rekaan", "Snapseed 2.0")
    assert [one["kind"] for one in upload["contradictions"]] == ["taken"]
    assert "upload" not in lines["2.jpg"]
    said = one_line(result.stderr)
    assert "1 dari 3 baris tentang foto yang tidak ada di pindaian ini: unggahan\\9.jpg" in said
    assert f"3 foto yang dipindai tidak ada di daftar itu: {folder}/2.jpg, {folder}/3.jpg, {folder}/4.jpg" in said
    assert f"1 foto dengan tanggal yang saling bertentangan, lihat `upload` di catatannya: {folder}/1.jpg" in said


def test_mistakes_are_told_before_anything_is_scanned(netra: Netra, election: Path, folder: Path) -> None:
    manifest = folder / "uploads.csv"
    manifest.write_text("path,posted_at\n0.jpg,kemarin\n1.jpg,2024-10-08\n0.jpg,\n")
    result = netra("scan", folder, "--election", election, "--manifest", manifest)
    assert (result.exit_code, result.stdout) == (2, "")
    heading, *lines = result.stderr.splitlines()
    assert heading == "Daftar unggahan belum benar (2 hal), belum ada yang dipindai:"
    assert lines[0].startswith(f'  - {manifest}:2: posted_at: "kemarin" is no date')
    assert lines[1].startswith(f'  - {manifest}:4: path: "0.jpg" a second time')


def test_a_manifest_of_other_photos_is_refused(netra: Netra, election: Path, folder: Path) -> None:
    manifest = folder.parent / "uploads.csv"
    manifest.write_text("path\n0.jpg\n1.jpg\n")
    result = netra("scan", folder, "--election", election, "--manifest", manifest)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "tidak satu pun dari 2 barisnya tentang foto yang dipindai, misalnya 0.jpg" in one_line(result.stderr)
    english = netra("--lang", "en", "scan", folder, "--election", election, "--manifest", manifest)
    assert "none of its 2 lines is about a photo of this scan" in one_line(english.stderr)


def test_the_manifest_is_never_replaced(netra: Netra, election: Path, folder: Path) -> None:
    manifest = folder / "uploads.csv"
    manifest.write_text("path\n0.jpg\n")
    asked = ("--election", election, "--manifest", manifest, "--jsonl", manifest, "--overwrite")
    assert netra("scan", folder, *asked).exit_code == 2
    assert manifest.read_text() == "path\n0.jpg\n"


def test_one_photo_is_told_with_what_is_known_of_it(netra: Netra, election: Path, folder: Path) -> None:
    manifest = folder / "uploads.csv"
    manifest.write_text(
        "path,uploader_id,uploader_name,platform,post_url,posted_at,taken_at\n"
        "1.jpg,u-2,Rekaan Lestari,Instagram,https://contoh.example/p/1,2024-10-09,2024-10-08\n"
    )
    told = netra("inspect", folder / "1.jpg", "--election", election, "--manifest", manifest)
    assert told.exit_code == 0, told.output
    text = one_line(told.stdout)
    assert "pengunggah: Rekaan Lestari, u-2" in text
    assert "tempat: Instagram, https://contoh.example/p/1" in text
    assert "diambil: 2024-10-08 (menurut daftar unggahan)" in text
    assert "diambil: 2023-01-01 [2023-01-01 10:00:00+07:00]" in text
    assert "bertentangan: diambil 2024-10-08 menurut daftar unggahan, 2023-01-01 menurut" in text
    assert "diolah dengan: Snapseed 2.0" in text
    assert "tidak ada di daftar itu" not in told.stderr


def test_one_photo_that_is_not_listed_is_told(netra: Netra, election: Path, folder: Path) -> None:
    manifest = folder / "uploads.csv"
    manifest.write_text("path\n1.jpg\n")
    told = netra("--lang", "en", "inspect", folder / "2.jpg", "--election", election, "--manifest", manifest)
    assert told.exit_code == 0, told.output
    assert f"1 photos of this scan are not in it: {folder}/2.jpg" in one_line(told.stderr)
    assert "nothing: no manifest, no date in the file or its name" in one_line(told.stdout)
