"""EXIF facts: what stands in the file, whatever that is."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from vision.exif import (
    CHANGED,
    DIGITISED,
    EXIF_IFD,
    GPS_DATE,
    GPS_IFD,
    GPS_TIME,
    LONGEST,
    MAKE,
    MODEL,
    NO_EXIF,
    ORIGINAL,
    ORIGINAL_ZONE,
    SOFTWARE,
    ExifFacts,
    exif_facts,
    parsed_time,
    parsed_zone,
)
from vision.photo import load_photo_bytes


def tags(main: dict[int, Any], exif: dict[int, Any] | None = None, gps: dict[int, Any] | None = None) -> Image.Exif:
    made = Image.Exif()
    made.update(main)
    made.get_ifd(EXIF_IFD).update(exif or {})
    made.get_ifd(GPS_IFD).update(gps or {})
    return made


def saved(exif: Image.Exif | bytes, format_name: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (128, 96), "teal").save(file, format_name, exif=exif)
    return file.getvalue()


FULL = tags(
    {MAKE: "Rekaan\0", MODEL: "Rekaan R1", SOFTWARE: "R1 firmware 2.0", CHANGED: "2024:10:09 09:00:00"},
    {ORIGINAL: "2024:10:08 07:30:11", ORIGINAL_ZONE: "+07:00", DIGITISED: "2024:10:08 07:30:11"},
    {GPS_DATE: "2024:10:08", GPS_TIME: (0.0, 30.0, 9.6)},
)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_writes_is_kept_as_it_stands(format_name: str) -> None:
    facts = load_photo_bytes(saved(FULL, format_name), "a").exif
    assert facts == ExifFacts(
        original="2024:10:08 07:30:11",
        digitised="2024:10:08 07:30:11",
        changed="2024:10:09 09:00:00",
        original_zone="+07:00",
        gps="2024:10:08 00:30:09",
        make="Rekaan",
        model="Rekaan R1",
        software="R1 firmware 2.0",
    )
    assert (facts.camera, facts.editor) == ("Rekaan R1", "")
    assert ExifFacts.from_dict(facts.to_dict()) == facts


def test_a_photo_without_exif_says_nothing() -> None:
    file = io.BytesIO()
    Image.new("RGB", (128, 96)).save(file, "JPEG")
    assert load_photo_bytes(file.getvalue(), "a").exif is NO_EXIF
    assert NO_EXIF.to_dict() == {}


def test_where_it_was_taken_is_not_kept() -> None:
    gps = {
        GPS_DATE: "2024:10:08",
        GPS_TIME: (0.0, 30.0, 9.0),
        1: "S",
        2: (6.0, 10.0, 0.0),
        3: "E",
        4: (106.0, 49.0, 0.0),
    }
    kept = str(load_photo_bytes(saved(tags({}, {}, gps)), "a").exif.to_dict())
    assert "2024:10:08 00:30:09" in kept
    assert "106" not in kept


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [("Rekaan", "R1", "Rekaan R1"), ("REKAAN", "Rekaan R1", "Rekaan R1"), ("Rekaan", "", "Rekaan"), ("", "R1", "R1")],
)
def test_a_camera_is_called_by_make_and_model(make: str, model: str, camera: str) -> None:
    assert ExifFacts(make=make, model=model).camera == camera


@pytest.mark.parametrize("software", ["Adobe Photoshop 25.0 (Windows)", "GIMP 2.10", "Snapseed 2.0", "Picsart"])
def test_an_editor_is_known_by_its_name(software: str) -> None:
    assert ExifFacts(software=software).editor == software


@pytest.mark.parametrize("software", ["", "R1XXU3AWF7", "17.5.1", "HDR+ 1.0.5"])
def test_a_camera_s_own_version_is_no_editor(software: str) -> None:
    assert ExifFacts(software=software).editor == ""


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0000:00:00 00:00:00",
        "2024:02:30 10:00:00",
        "2024:10:08",
        "kemarin",
        "2024:10:08 24:00:00",
        "٢٠٢٤:10:08 10:00:00",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert parsed_time(written) == ()


def test_blanks_are_nothing_and_zeros_are_told() -> None:
    assert exif_facts({}, {ORIGINAL: "    :  :     :  :  "}, {}).original == ""
    assert exif_facts({}, {ORIGINAL: "0000:00:00 00:00:00"}, {}).original == "0000:00:00 00:00:00"


@pytest.mark.parametrize(("written", "hours"), [("+07:00", 7), ("-03:30", -3.5), ("+0900", 9), ("+00:00", 0)])
def test_an_offset_is_read(written: str, hours: float) -> None:
    (zone,) = parsed_zone(written)
    assert zone.utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize("written", ["", "WIB", "+15:00", "+07:60", "7", "+7:00", "Z"])
def test_what_is_no_offset_is_none(written: str) -> None:
    assert parsed_zone(written) == ()


def test_text_that_cannot_be_seen_is_left_out() -> None:
    facts = exif_facts({MAKE: "Re\u202ekaan\x1b[31m", MODEL: b"R1\0hidden", SOFTWARE: "x" * 500}, {}, {})
    assert (facts.make, facts.model, len(facts.software)) == ("Rekaan[31m", "R1", LONGEST)


values = st.one_of(
    st.text(max_size=30),
    st.binary(max_size=30),
    st.integers(),
    st.floats(),
    st.none(),
    st.tuples(st.floats(), st.floats(), st.floats()),
    st.lists(st.text(max_size=3), max_size=3).map(tuple),
)
TAGS = [MAKE, MODEL, SOFTWARE, CHANGED, ORIGINAL, ORIGINAL_ZONE, DIGITISED, GPS_DATE, GPS_TIME]
directories = st.dictionaries(st.sampled_from(TAGS), values)


@given(directories, directories, directories)
def test_nothing_in_a_tag_raises(main: dict[int, object], exif: dict[int, object], gps: dict[int, object]) -> None:
    facts = exif_facts(main, exif, gps)
    assert all(text.isprintable() and len(text) <= LONGEST for text in facts.to_dict().values())
    for written in (facts.original, facts.gps, facts.digitised, facts.changed):
        parsed_time(written)


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))  # noqa: DTZ001 - EXIF's times have none
def test_every_time_that_is_one_is_read(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert parsed_time(f"{at.year:04d}:{at:%m:%d %H:%M:%S}") == (at,)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_broken_exif_does_not_spoil_the_photo(data: st.DataObject) -> None:
    block = bytearray(FULL.tobytes())
    for _ in range(data.draw(st.integers(1, 6))):
        block[data.draw(st.integers(6, len(block) - 1))] = data.draw(st.integers(0, 255))
    block = block[: data.draw(st.integers(6, len(block)))]
    photo = load_photo_bytes(saved(bytes(block)), "a")
    assert {photo.width, photo.height} == {128, 96}
    assert all(text.isprintable() for text in photo.exif.to_dict().values())
