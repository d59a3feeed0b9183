"""What is known of an upload out of all its sources, in a scan and alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from netra.zones import Zone
from screening.known import Background
from screening.manifest import Manifest, ManifestEntry
from screening.upload_facts import Flaw, Moment, TimeKind, TimeNote, TimeSource, Unusable, UploadFacts
from screening.uploads import FileSource, Upload
from vision.exif import CHANGED, EXIF_IFD, NO_EXIF, ORIGINAL, ORIGINAL_ZONE, ExifFacts

if TYPE_CHECKING:
    from tests.screening.conftest import Stage

NOW = datetime(2024, 11, 1, tzinfo=UTC)
MANIFEST, EXIF, NAME = TimeSource


def upload(name: str = "foto.jpg") -> Upload:
    return Upload(0, name, FileSource(name))


def known(exif: ExifFacts = NO_EXIF, name: str = "foto.jpg", posted: str = "", zone: Zone = Zone.WIB) -> UploadFacts:
    moments = (Moment(date.fromisoformat(posted), MANIFEST),) if posted else ()
    entry = ManifestEntry(2, name, UploadFacts("u-1", posted=moments))
    return Background((Manifest(Path("m.csv"), (entry,)),), (NOW,)).facts(upload(name), exif, zone)


def test_without_anything_nothing_is_known() -> None:
    assert Background().facts(upload(), NO_EXIF, Zone.WIB) == UploadFacts()


def test_the_camera_s_clock_decides_and_bounds_stand_beside_it() -> None:
    exif = ExifFacts(original="2024:10:08 07:30:11", original_zone="+07:00", changed="2024:10:20 09:00:00", make="R1")
    facts = known(exif)
    assert facts.taken_at == (date(2024, 10, 8),)
    assert [(one.day.day, one.source, one.note) for one in facts.taken] == [
        (8, EXIF, ""),
        (20, EXIF, TimeNote.CHANGED),
    ]
    assert (facts.camera, facts.contradictions) == ("R1", ())


def test_the_day_is_that_of_the_office() -> None:
    exif = ExifFacts(original="2024:09:22 23:30:00", original_zone="+00:00")
    assert known(exif).taken_at == (date(2024, 9, 23),)
    assert known(exif).taken[0].at == (datetime(2024, 9, 22, 23, 30, tzinfo=UTC),)


def test_a_clock_without_a_zone_is_read_as_the_office_s() -> None:
    (moment,) = known(ExifFacts(original="2024:10:08 07:30:11"), zone=Zone.WIT).taken
    assert (moment.note, moment.at[0].utcoffset()) == (TimeNote.ZONE_ASSUMED, timedelta(hours=9))


def test_the_last_change_alone_does_not_decide() -> None:
    facts = known(ExifFacts(changed="2024:10:08 07:30:11"))
    assert (facts.taken_at, len(facts.taken)) == ((), 1)


def test_what_is_said_twice_is_kept_once() -> None:
    at = "2024:10:08 07:30:11"
    assert len(known(ExifFacts(original=at, digitised=at, changed=at)).taken) == 1


@pytest.mark.parametrize(
    ("written", "posted", "flaw"),
    [
        ("0000:00:00 00:00:00", "", Flaw.NO_DATE),
        ("2024:02:30 00:00:00", "", Flaw.NO_DATE),
        ("1980:01:01 00:00:00", "", Flaw.TOO_EARLY),
        ("0001:01:01 00:00:00", "", Flaw.TOO_EARLY),
        ("2036:01:01 00:00:00", "", Flaw.IN_THE_FUTURE),
        ("9999:12:31 23:59:59", "", Flaw.IN_THE_FUTURE),
        ("2024:10:08 00:00:00", "2024-10-05", Flaw.AFTER_POSTED),
    ],
)
def test_a_date_that_cannot_be_true_is_told_and_not_used(written: str, posted: str, flaw: Flaw) -> None:
    facts = known(ExifFacts(original=written), posted=posted)
    assert (facts.taken, facts.taken_at) == ((), ())
    assert facts.unusable == (Unusable(EXIF, written, flaw),)


def test_a_name_that_lies_in_the_future_is_not_used_either() -> None:
    facts = known(name="20360101_000000.jpg")
    assert facts.unusable == (Unusable(NAME, "2036-01-01", Flaw.IN_THE_FUTURE),)


def test_that_a_copy_was_sent_on_after_it_was_posted_is_nothing_strange() -> None:
    facts = known(name="IMG-20241020-WA0003.jpg", posted="2024-10-05")
    assert (len(facts.taken), facts.unusable, facts.contradictions) == (1, (), ())


def test_a_contradiction_keeps_both() -> None:
    entry = ManifestEntry(2, "foto.jpg", UploadFacts(taken=(Moment(date(2024, 10, 8), MANIFEST),)))
    background = Background((Manifest(Path("m.csv"), (entry,)),), (NOW,))
    facts = background.facts(upload(), ExifFacts(original="2023:01:01 10:00:00"), Zone.WIB)
    assert facts.taken_at == (date(2024, 10, 8),)
    assert [one.source for one in facts.taken] == [MANIFEST, EXIF]
    assert [(one.firmer.source, one.other.source) for one in facts.contradictions] == [(MANIFEST, EXIF)]


def exif_block(original: str, offset: str = "") -> bytes:
    tags = Image.Exif()
    tags[CHANGED] = "2024:10:09 00:00:00"
    tags.get_ifd(EXIF_IFD).update({ORIGINAL: original} | ({ORIGINAL_ZONE: offset} if offset else {}))
    return tags.tobytes()


def test_a_scan_says_of_every_file_what_is_known(stage: "Stage") -> None:
    first = stage.photo("IMG-20180301-WA0001.png", "sari -", "1:one", exif=exif_block("2018:02:10 10:00:00"))
    (stage.folder / "salinan.png").write_bytes(first.read_bytes())
    (stage.folder / "kosong.jpg").touch()
    entries = [
        ManifestEntry(i, name, UploadFacts(who, posted=(Moment(date(2018, 3, day), MANIFEST),)))
        for i, (name, who, day) in enumerate(
            [("IMG-20180301-WA0001.png", "u-1", 2), ("salinan.png", "u-2", 9), ("kosong.jpg", "u-3", 9)], 2
        )
    ]
    manifest = Manifest(stage.folder / "uploads.csv", tuple(entries))
    _, records = stage.scan(background=Background((manifest,)))
    lines = {record.path.rpartition("/")[2]: record.to_dict() for record in records}
    of_photo = lines["IMG-20180301-WA0001.png"]["upload"]
    assert of_photo["uploader_id"] == "u-1"
    assert of_photo["posted"] == [{"day": "2018-03-02", "source": "manifest"}]
    assert [(one["day"], one["source"]) for one in of_photo["taken"]] == [
        ("2018-02-10", "exif"),
        ("2024-10-09", "exif"),
        ("2018-03-01", "file-name"),
    ]
    assert lines["salinan.png"]["upload"]["uploader_id"] == "u-2"
    assert lines["kosong.jpg"]["upload"] == {
        "uploader_id": "u-3",
        "posted": [{"day": "2018-03-09", "source": "manifest"}],
    }


def test_the_rules_hear_the_dates(stage: "Stage") -> None:
    """Numbers were drawn on 13 February 2018: an index finger shown before is no symbol."""
    stage.photo("sebelum.png", "sari -", "1:one", exif=exif_block("2018:02:12 10:00:00", "+07:00"))
    stage.photo("sesudah.png", "sari -", "1:one", exif=exif_block("2018:02:12 23:00:00", "+00:00"))
    _, records = stage.scan()
    assert [record.findings[0].category.value for record in records] == ["foto-bersama", "foto-bersama-simbol"]


def test_another_zone_has_another_day(stage: "Stage") -> None:
    stage.photo("a.png", "sari -", "1:one", exif=exif_block("2018:02:12 15:30:00", "+00:00"))
    days: list[date] = []
    for zone in Zone:
        stage.election = replace(stage.election, timezone=zone)
        days += stage.scan()[1][0].facts.taken_at
    assert days == [date(2018, 2, 12), date(2018, 2, 12), date(2018, 2, 13)]


texts = st.one_of(
    st.text(max_size=25),
    st.datetimes().map(lambda at: f"{at.year:04d}:{at:%m:%d %H:%M:%S}"),
    st.sampled_from(["9999:12:31 23:59:59", "0001:01:01 00:00:00"]),
)
offsets = st.one_of(st.text(max_size=7), st.sampled_from(["+14:00", "-12:00", "+07:00"]))
anything = st.builds(ExifFacts, *[texts] * 3, *[offsets] * 3, texts, st.text(max_size=5))


@settings(deadline=None)
@given(anything, st.sampled_from(["a.jpg", "IMG-20241006-WA0003.jpg", "99991231_235959.jpg"]), st.sampled_from(Zone))
def test_whatever_a_file_says_the_facts_are_whole(exif: ExifFacts, name: str, zone: Zone) -> None:
    facts = known(exif, name, "2024-10-08", zone)
    assert UploadFacts.from_dict(facts.to_dict()) == facts
    assert facts.posted_at == (date(2024, 10, 8),)
    for kind in TimeKind:
        assert all(date(1995, 1, 1) <= one.day <= NOW.date() + timedelta(days=1) for one in facts.of(kind))
