"""The manifest: what office programs write is read, every mistake is one line, and lines find their photos."""

import csv
import io
import os
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netra.zones import Zone
from screening.errors import ManifestError
from screening.manifest import Manifest, ManifestEntry, load_manifest
from screening.manifest_file import COLUMNS, MAX_BYTES, MAX_TOLD
from screening.manifest_times import moment_of
from screening.upload_facts import Moment, TimeSource, UploadFacts
from screening.uploads import Row, Upload, find_uploads

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
HEADER = "path,uploader_id,uploader_name,agency,platform,post_url,posted_at,taken_at"
WIB = Zone.WIB


def load(folder: Path, text: str | bytes, zone: Zone = WIB) -> Manifest:
    path = folder / "uploads.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_manifest(path, zone, NOW)


def problems(folder: Path, text: str | bytes) -> list[str]:
    """The lines of the error, without the folder."""
    with pytest.raises(ManifestError) as caught:
        load(folder, text)
    return [line.removeprefix(f"{folder}{os.sep}") for line in caught.value.problems]


def test_a_whole_line_is_read(tmp_path: Path) -> None:
    text = (
        f"{HEADER},captured_at,known_at\n"
        '"a/b, c.jpg",u-1,"Rahma ""Ama"" Lestari",Dinas Kesehatan,Instagram,https://example.org/p/1,'
        "2024-10-08 07:30 WITA,2024-10-06,2024-10-09T10:00:00+07:00,2024-10-10\n"
    )
    (entry,) = load(tmp_path, text).entries
    facts = entry.facts
    assert (entry.line, entry.path) == (2, "a/b, c.jpg")
    assert (facts.uploader_id, facts.uploader_name, facts.agency) == ("u-1", 'Rahma "Ama" Lestari', "Dinas Kesehatan")
    assert (facts.platform, facts.post_url) == ("Instagram", "https://example.org/p/1")
    assert (facts.taken_at, facts.posted_at) == ((date(2024, 10, 6),), (date(2024, 10, 8),))
    assert (facts.captured_at, facts.known_at) == ((date(2024, 10, 9),), (date(2024, 10, 10),))
    assert facts.posted[0].at[0].astimezone(UTC) == datetime(2024, 10, 7, 23, 30, tzinfo=UTC)
    assert facts.taken[0].at == ()


PLAIN = "path,uploader_id,agency\r\na.jpg,u-1,Dinas Pertanian\r\nb.jpg,u-2,\r\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\r\n", "\n"),
        PLAIN.replace("\r\n", "\r"),
        PLAIN.rstrip(),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "sep=;\r\n" + PLAIN.replace(",", ";"),
        "\ufeff" + PLAIN,
        "\ufeffsep=,\r\n" + PLAIN,
        PLAIN.replace("path", '"Path"').replace("agency", " AGENCY "),
        PLAIN.replace("\r\n", ",,\r\n"),
        PLAIN.replace("a.jpg", '"a.jpg"').replace("u-2", ' "u-2"'[1:]),
        "\r\n" + PLAIN.replace("b.jpg", "\r\n,,\r\n\r\nb.jpg"),
    ],
    ids=range(13),
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, text: str) -> None:
    entries = load(tmp_path, text).entries
    assert [(one.path, one.facts.uploader_id, one.facts.agency) for one in entries] == [
        ("a.jpg", "u-1", "Dinas Pertanian"),
        ("b.jpg", "u-2", ""),
    ]


def test_only_the_path_is_needed(tmp_path: Path) -> None:
    assert load(tmp_path, "path\na.jpg\n").entries == (ManifestEntry(2, "a.jpg", UploadFacts()),)
    assert load(tmp_path, "path\n").entries == ()


def test_a_line_is_known_by_where_it_begins(tmp_path: Path) -> None:
    text = "sep=,\npath,agency\n\na.jpg,x\nb.jpg,y\n"
    assert [one.line for one in load(tmp_path, text).entries] == [4, 5]


TIMES = [
    ("2024-10-08", 8, ""),
    ("2024-10-8", 8, ""),
    ("2024-10-08 07:30", 8, "2024-10-08T07:30:00+07:00"),
    ("2024-10-08 07.30", 8, "2024-10-08T07:30:00+07:00"),
    ("2024-10-08 07:30:15 WIB", 8, "2024-10-08T07:30:15+07:00"),
    ("2024-10-08 07.30 WITA", 8, "2024-10-08T07:30:00+08:00"),
    ("2024-10-08, 00:30 wit", 7, "2024-10-08T00:30:00+09:00"),
    ("2024-10-08T07:30:00+07:00", 8, "2024-10-08T07:30:00+07:00"),
    ("2024-10-08T07:30:00.123Z", 8, "2024-10-08T07:30:00+00:00"),
    ("2024-10-07T23:30Z", 8, "2024-10-07T23:30:00+00:00"),
    ("2024-10-08T01:00:00+0900", 7, "2024-10-08T01:00:00+09:00"),
    ("2024-10-07 20:00-05", 8, "2024-10-07T20:00:00-05:00"),
]


@pytest.mark.parametrize(("written", "day", "at"), TIMES, ids=[each[0] for each in TIMES])
def test_a_time_is_read_and_its_day_is_the_office_s(written: str, day: int, at: str) -> None:
    moment = moment_of(written, WIB)
    assert (moment.day, moment.source) == (date(2024, 10, day), TimeSource.MANIFEST)
    assert [one.isoformat() for one in moment.at] == ([at] if at else [])


def test_a_post_late_in_utc_is_of_the_next_day_in_indonesia() -> None:
    assert [moment_of("2024-09-22T15:30Z", zone).day.day for zone in Zone] == [22, 22, 23]
    assert moment_of("2024-09-22T23:30Z", WIB).day == date(2024, 9, 23)
    assert moment_of("2024-09-22", WIB).day == date(2024, 9, 22)


MISTAKES = [
    # what stands under posted_at, what is said
    ("kemarin", 'posted_at: "kemarin" is no date, expected 2024-10-08'),
    ("2024-02-30", 'posted_at: "2024-02-30" is '),
    ("2024-13-01", 'posted_at: "2024-13-01" is '),
    ("0000-01-01", 'posted_at: "0000-01-01" is '),
    ("08/10/2024", 'posted_at: "08/10/2024" is a date whose day and month could be confused'),
    ("8-10-2024 07:30", "format the column as text"),
    ("2024-10-08 25:00", "is no time of day"),
    ("2024-10-08 07:60", "is no time of day"),
    ("2024-10-08 07:30 WIX", "is an impossible time zone, expected WIB, WITA, WIT"),
    ("2024-10-08T07:30+15:00", "is an impossible time zone"),
    ("2024-10-08T07:30+07:75", "is an impossible time zone"),
    ("2024-10-08T07:30+7", "is an impossible time zone"),
    ("2042-10-08", 'posted_at: "2042-10-08" lies in the future'),
    ("0024-10-08", 'posted_at: "0024-10-08" lies before 1900'),
    ("20241008", "is no date"),
    ("\u0662024-10-08", "is no date"),  # a two in Arabic
    ("1.7e9", "is no date"),
]


@pytest.mark.parametrize(("written", "said"), MISTAKES, ids=[each[0] for each in MISTAKES])
def test_a_date_that_is_none_is_told(tmp_path: Path, written: str, said: str) -> None:
    (line,) = problems(tmp_path, f"path,posted_at\na.jpg,2024-10-08\nb.jpg,{written}\n")
    assert line.startswith("uploads.csv:3: posted_at: ")
    assert said in line
    assert "expected" in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["uploads.csv:1: an empty file, expected a first line with the columns path, uploader_id,"]),
        ("path,uploder_id\na.jpg,u\n", ['uploads.csv:1: an unknown column "uploder_id", expected known ones; did you']),
        ("foto,agency\na.jpg,x\n", ['uploads.csv:1: an unknown column "foto"', "uploads.csv:1: path: no such column"]),
        ("path,path\na,b\n", ["uploads.csv:1: path: a column that stands there twice"]),
        ("path,,agency\na,x,b\n", ["uploads.csv:1: an unknown column an empty text"]),
        ("path,agency\n,x\n", ["uploads.csv:2: path: an empty cell, expected the path of a photo"]),
        ("path,agency\na,x,y\n", ["uploads.csv:2: 3 cells, expected 2 as in the first line"]),
        ("path,agency\na\n", ["uploads.csv:2: 1 cell, expected 2 as in the first line"]),
        (
            "path\na.jpg\nb.jpg\na.jpg\n",
            ['uploads.csv:4: path: "a.jpg" a second time, expected each photo once; see line 2'],
        ),
        ("path\nx/a.jpg\n./x//a.jpg\n", ["uploads.csv:3: path: "]),
        ("path\nx/a.jpg\nx\\a.jpg\n", ["uploads.csv:3: path: "]),
        (
            "path,taken_at,posted_at\na,2024-10-09,2024-10-08\n",
            ["uploads.csv:2: taken_at: 2024-10-09 is later than posted_at (2024-10-08), expected the same day or"],
        ),
        (
            "path,taken_at,posted_at\na,2024-10-08 09:00 WIB,2024-10-08 09:30 WITA\n",
            ["uploads.csv:2: taken_at: 2024-10-08 is later than posted_at"],
        ),
        ("path,taken_at,known_at\na,2024-10-09,2024-10-08\n", ["uploads.csv:2: taken_at: "]),
        ("path,agency\na,x\x1b[31m\n", ["uploads.csv:2: agency: the character U+001B, which cannot be seen, expected"]),
        ("path,agency\na,x\u202ey\n", ["uploads.csv:2: agency: the character U+202E"]),
        ("path\na\0b.jpg\n", ["uploads.csv:2: path: the character U+0000"]),
        ('path,agency\na,"x\ny"\n', ["uploads.csv:2: agency: the character U+000A"]),
        (f"path,agency\na,{'x' * 201}\n", ["uploads.csv:2: agency: 201 letters, expected at most 200"]),
        (
            f"path,agency\na,{'x' * 140_000}\nb,y,z\n",
            ["uploads.csv:2: a line that cannot be", "uploads.csv:3: 3 cells"],
        ),
        ("path,post_url\na,instagram.com/p/1\n", ['uploads.csv:2: post_url: "instagram.com/p/1" is no address']),
        ("path,post_url\na,javascript:alert(1)\n", ["uploads.csv:2: post_url: "]),
        ('path,agency\na,"x" y\nb,z,z\n', ["uploads.csv:2: a line that cannot be", "uploads.csv:3: 3 cells"]),
        ('path,agency\na,"x\nb,y\n', ["uploads.csv:2: a line that cannot be parted into cells"]),
        (b"path,agency\na,\xe9\n", ["uploads.csv:2: expected a manifest in UTF-8, got byte 0xe9"]),
        ("path\n".encode("utf-16"), ["uploads.csv: expected a manifest in UTF-8, got UTF-16"]),
    ],
)
def test_every_mistake_is_one_line(tmp_path: Path, text: str | bytes, expected: list[str]) -> None:
    told = problems(tmp_path, text)
    assert len(told) == len(expected)
    for line, beginning in zip(told, expected, strict=True):
        assert line.startswith(beginning), line
        assert "expected" in line


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = "path,agncy,posted_at\na,x,kemarin\n,y,2042-01-01\nc,z,2024-10-08\nc,z,2024-10-08 10:00 WIX\n"
    assert [line.split(": ")[0] for line in problems(tmp_path, text)] == [
        f"uploads.csv:{line}" for line in (1, 2, 3, 3, 5, 5)
    ]


def test_a_column_that_is_wrong_throughout_does_not_fill_the_screen(tmp_path: Path) -> None:
    told = problems(tmp_path, "path,posted_at\n" + "".join(f"{i}.jpg,besok\n" for i in range(1000)))
    assert len(told) == MAX_TOLD + 1
    assert told[-1] == f"uploads.csv: {1000 - MAX_TOLD:,} more mistakes, expected none; correct these first"


def test_a_file_that_is_no_manifest_is_told(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "got a folder"), (tmp_path / "none.csv", "got no such file")):
        with pytest.raises(ManifestError, match=said):
            load_manifest(path, WIB, NOW)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ManifestError, match="of at most 64 MiB, got more"):
        load_manifest(large, WIB, NOW)


# --- which line is about which photo -------------------------------------------------------------------------------


def tree(folder: Path) -> Path:
    photos = folder / "unggahan"
    (photos / "dinas").mkdir(parents=True)
    for name in ("a.jpg", "dinas/b.jpg"):
        (photos / name).write_bytes(b"x")
    with zipfile.ZipFile(photos / "album.zip", "w") as archive:
        archive.writestr("inner/c.jpg", b"x")
        archive.writestr("../a.jpg", b"x")
    return photos


def found(manifest: Manifest, rows: Sequence[Row]) -> list[tuple[str, int]]:
    return [(row.path.rpartition("unggahan/")[2], entry.line) for row in rows for entry in manifest.entries_for(row)]


EVERY = [("a.jpg", 2), ("dinas/b.jpg", 3), ("album.zip/inner/c.jpg", 4)]


@pytest.mark.parametrize("prefix", ["unggahan/", "./unggahan/", "unggahan\\", "x/../unggahan/"])
def test_paths_are_relative_to_the_manifest_s_folder(
    tmp_path: Path, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = tree(tmp_path)
    paths = ["a.jpg", "dinas/b.jpg", "album.zip/inner/c.jpg"]
    manifest = load(tmp_path, "path\n" + "".join(f"{prefix}{path}\n" for path in paths))
    assert sorted(found(manifest, list(find_uploads([photos])))) == sorted(EVERY)
    monkeypatch.chdir(photos)
    assert sorted(found(manifest, list(find_uploads(["."])))) == sorted(
        [("a.jpg", 2), ("dinas/b.jpg", 3), ("album.zip/inner/c.jpg", 4)]
    )


def test_paths_may_be_as_the_scan_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    elsewhere = tmp_path / "kantor"
    elsewhere.mkdir()
    manifest = load(elsewhere, "path\nunggahan/a.jpg\n" + f"{tmp_path}/unggahan/dinas/b.jpg\n")
    assert sorted(found(manifest, list(find_uploads(["unggahan"])))) == EVERY[:2]


def test_a_member_that_points_out_of_its_archive_is_not_the_file_beside_it(tmp_path: Path) -> None:
    photos = tree(tmp_path)
    manifest = load(tmp_path, "path\nunggahan/a.jpg\n")
    rows = list(find_uploads([photos / "album.zip"]))
    assert any(row.path.endswith("../a.jpg") for row in rows if isinstance(row, Upload))
    assert found(manifest, rows) == []


def test_letters_are_compared_composed(tmp_path: Path) -> None:
    name = "kafé.jpg"
    (tmp_path / unicodedata.normalize("NFD", name)).write_bytes(b"x")
    manifest = load(tmp_path, f"path\n{unicodedata.normalize('NFC', name)}\n")
    assert [entry.line for row in find_uploads([tmp_path]) for entry in manifest.entries_for(row)] == [2]


def test_what_has_no_counterpart_is_told(tmp_path: Path) -> None:
    photos = tree(tmp_path)
    manifest = load(tmp_path, "path\nunggahan/a.jpg\nunggahan/tidak-ada.jpg\n")
    compared = manifest.compared(find_uploads([photos]))
    assert compared.lines == 2
    assert [entry.path for entry in compared.unmet] == ["unggahan/tidak-ada.jpg"]
    assert {path.rpartition("unggahan/")[2] for path in compared.unlisted} == {
        "dinas/b.jpg",
        "album.zip/inner/c.jpg",
        "album.zip/../a.jpg",
    }


# --- whatever is in it ---------------------------------------------------------------------------------------------

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.one_of(st.text(max_size=200), st.text(alphabet='path,;"\n\r\0=se', max_size=60)))
def test_any_text_is_entries_or_mistakes(tmp_path: Path, text: str) -> None:
    told: tuple[str, ...] = ()
    entries: tuple[ManifestEntry, ...] = ()
    try:
        entries = load(tmp_path, text.encode("utf-8", "surrogatepass")).entries
    except ManifestError as error:
        told = error.problems
    assert all("expected" in line for line in told)
    assert all(entry.path for entry in entries)


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
posted = st.datetimes(datetime(1996, 1, 1), datetime(2024, 10, 1))  # noqa: DTZ001 - their zone is drawn
rows_drawn = st.lists(
    st.tuples(words.map(lambda text: text.replace("\\", "b").replace("/", "s")), words, posted, st.sampled_from(Zone)),
    max_size=6,
    unique_by=lambda row: unicodedata.normalize("NFC", row[0]).strip("."),
)


@quick
@given(rows_drawn, st.sampled_from(",;\t"), st.booleans(), st.sampled_from(Zone))
def test_what_was_written_is_read(tmp_path: Path, rows: list, separator: str, marked: bool, zone: Zone) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["path", "agency", "posted_at"])
    for name, agency, at, written in rows:
        writer.writerow([f"{name}.jpg", agency, f"{at:%Y-%m-%d %H:%M:%S} {written}"])
    entries = load(tmp_path, file.getvalue().encode("utf-8-sig" if marked else "utf-8"), zone).entries
    assert [(entry.path, entry.facts.agency) for entry in entries] == [(f"{row[0]}.jpg", row[1]) for row in rows]
    for entry, (_, _, at, written) in zip(entries, rows, strict=True):
        instant = at.replace(microsecond=0, tzinfo=written.clock)
        assert entry.facts.posted == (Moment(zone.day(instant), TimeSource.MANIFEST, (instant,)),)
        assert abs(entry.facts.posted_at[0] - at.date()) <= timedelta(days=1)


def test_every_column_is_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "uploads.md").read_text(encoding="utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in manual] == []
