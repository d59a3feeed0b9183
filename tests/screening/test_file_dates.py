"""Dates in names of files: what each family of programs means by them, and that nothing else is taken for a date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netra.zones import Zone
from screening.file_dates import dates_in_name
from screening.upload_facts import EARLIEST, Moment, TimeKind, TimeNote, TimeSource

SENT, SAVED, ASSUMED, IN_UTC = TimeNote.SENT, TimeNote.SAVED, TimeNote.ZONE_ASSUMED, TimeNote.NAMED_IN_UTC

NAMES = [
    # name, local day, local time in WIB, note
    ("IMG-20241006-WA0003.jpg", "2024-10-06", "", SENT),
    ("IMG-20241006-WA0003(1).jpg", "2024-10-06", "", SENT),
    ("img-20241006-wa0003~2.JPG", "2024-10-06", "", SENT),
    ("WhatsApp Image 2024-10-06 at 07.30.11.jpeg", "2024-10-06", "07:30:11", SENT),
    ("WhatsApp Image 2024-10-06 at 07.30.11 (1).jpeg", "2024-10-06", "07:30:11", SENT),
    ("WhatsApp Image 2024-10-06 at 7.30.11 PM.jpeg", "2024-10-06", "19:30:11", SENT),
    ("WhatsApp Image 2024-10-06 at 12.30.11 AM.jpeg", "2024-10-06", "00:30:11", SENT),
    ("Gambar WhatsApp 2024-10-06 pukul 07.30.11_5d2c9b9f.jpg", "2024-10-06", "07:30:11", SENT),
    ("photo_2024-10-06_07-30-11.jpg", "2024-10-06", "07:30:11", SENT),
    ("signal-2024-10-06-07-30-11-123.jpg", "2024-10-06", "07:30:11", SENT),
    ("IMG_20240925_081502.jpg", "2024-09-25", "08:15:02", ASSUMED),
    ("IMG_20240925_081502_HDR.jpg", "2024-09-25", "08:15:02", ASSUMED),
    ("IMG_20240925_081502_123.jpg", "2024-09-25", "08:15:02", ASSUMED),
    ("IMG20240925081502.jpg", "2024-09-25", "08:15:02", ASSUMED),
    ("MVIMG_20240925_081502.jpg", "2024-09-25", "08:15:02", ASSUMED),
    ("20241002_104501.jpg", "2024-10-02", "10:45:01", ASSUMED),
    ("20241002_104501(0).jpg", "2024-10-02", "10:45:01", ASSUMED),
    ("P_20241002_104501_vHDR_On.jpg", "2024-10-02", "10:45:01", ASSUMED),
    ("2024-10-02 10.45.01.jpg", "2024-10-02", "10:45:01", ASSUMED),
    ("PXL_20241002_174501123.jpg", "2024-10-03", "00:45:01", IN_UTC),
    ("PXL_20241002_034501123.MP.jpg", "2024-10-02", "10:45:01", IN_UTC),
    ("InShot_20241006_073011123.jpg", "2024-10-06", "07:30:11", SAVED),
    ("FB_IMG_1728174611123.jpg", "2024-10-06", "07:30:11", SAVED),
    ("mmexport1728174611123.jpg", "2024-10-06", "07:30:11", SAVED),
    ("1728174611123.jpg", "2024-10-06", "07:30:11", SAVED),
    ("instagram_1728174611.jpg", "2024-10-06", "07:30:11", SAVED),
]
SCREENSHOTS = [
    ("Screenshot_20241008-120000.png", "2024-10-08", "12:00:00"),
    ("Screenshot_20241008_120000_Instagram.jpg", "2024-10-08", "12:00:00"),
    ("Screenshot_2024-10-08-12-00-00-123_com.instagram.android.jpg", "2024-10-08", "12:00:00"),
    ("Screenshot 2024-10-08 120000.png", "2024-10-08", "12:00:00"),
    ("Screenshot 2024-10-08 at 12.00.00.png", "2024-10-08", "12:00:00"),
    ("Screenshot 2024-10-08 at 1.00.00\u202fPM.png", "2024-10-08", "13:00:00"),
    ("Screen Shot 2024-10-08 at 12.00.00.png", "2024-10-08", "12:00:00"),
    ("Screenshot from 2024-10-08 12-00-00.png", "2024-10-08", "12:00:00"),
    ("Tangkapan Layar 2024-10-08 pukul 12.00.00.png", "2024-10-08", "12:00:00"),
    ("Screenshot_20241008.png", "2024-10-08", ""),
]
NOTHING = [
    "",
    ".jpg",
    "foto.jpg",
    "IMG_1234.jpg",
    "DSC_0001.JPG",
    "IMG-20241306-WA0003.jpg",
    "IMG_20240230_081502.jpg",
    "IMG_20240925_251502.jpg",
    "IMG_19700101_000000.jpg",
    "20241002.jpg",
    "2024100210450.jpg",
    "202410021045011234.jpg",
    "IMG_20240925_08150212345.jpg",
    "WhatsApp Image 2024-10-06 at 13.30.11 PM.jpeg",
    "Screenshot (12).png",
    "Screenshot_20241340-120000.png",
    "received_1728174611123456.jpeg",
    "198503122010011005.jpg",  # as long as an official's number
    "1234567890.jpg",
    "6281234567890.jpg",  # as telephone numbers are written
    "0812345678901.jpg",
    "FB_IMG_0000000000000.jpg",
    "٢٠٢٤١٠٠٢_١٠٤٥٠١.jpg",
]


def wib(day: str, time: str) -> tuple[datetime, ...]:
    return (datetime.fromisoformat(f"{day}T{time}+07:00"),) if time else ()


@pytest.mark.parametrize(("name", "day", "time", "note"), NAMES, ids=[each[0] for each in NAMES])
def test_a_name_tells_when_it_was_taken_or_sent(name: str, day: str, time: str, note: TimeNote) -> None:
    ((kind, moment),) = dates_in_name(name, Zone.WIB)
    assert (kind, moment) == (
        TimeKind.TAKEN,
        Moment(date.fromisoformat(day), TimeSource.FILE_NAME, wib(day, time), note),
    )
    assert moment.weak
    assert moment.is_latest == (note in {SENT, SAVED})


@pytest.mark.parametrize(("name", "day", "time"), SCREENSHOTS, ids=[each[0] for each in SCREENSHOTS])
def test_a_screenshot_was_captured_and_not_taken(name: str, day: str, time: str) -> None:
    ((kind, moment),) = dates_in_name(name, Zone.WIB)
    assert (kind, moment.day, moment.at, moment.weak) == (
        TimeKind.CAPTURED,
        date.fromisoformat(day),
        wib(day, time),
        True,
    )


@pytest.mark.parametrize("name", NOTHING)
def test_other_names_say_nothing(name: str) -> None:
    assert dates_in_name(name, Zone.WIB) == ()


@pytest.mark.parametrize("folder", ["20200101_000000/", "arsip.zip/IMG-20200101-WA0001/", "C:\\IMG_20200101_000000\\"])
def test_only_the_file_s_own_name_counts(folder: str) -> None:
    assert dates_in_name(f"{folder}foto.jpg", Zone.WIB) == ()
    ((_, moment),) = dates_in_name(f"{folder}20241002_104501.jpg", Zone.WIB)
    assert moment.day == date(2024, 10, 2)


def test_the_day_is_that_of_the_office() -> None:
    for zone, day in ((Zone.WIB, 2), (Zone.WITA, 3)):
        ((_, moment),) = dates_in_name("PXL_20241002_163000000.jpg", zone)
        assert (moment.day, moment.at) == (date(2024, 10, day), (datetime(2024, 10, 2, 16, 30, tzinfo=UTC),))


@given(st.text(max_size=60))
def test_no_name_raises(name: str) -> None:
    for _, moment in dates_in_name(name, Zone.WIT):
        assert moment.day >= EARLIEST


shaped = st.sampled_from(
    [
        "IMG-{d}-WA0003.jpg",
        "IMG_{d}_{t}.jpg",
        "{d}_{t}.jpg",
        "Screenshot_{d}-{t}.png",
        "PXL_{d}_{t}123.jpg",
        "IMG{d}{t}.jpg",
    ]
)


@given(shaped, st.integers(0, 99_999_999), st.integers(0, 999_999))
def test_digits_are_a_date_or_nothing(shape: str, day: int, time: int) -> None:
    written, clock = f"{day:08d}", f"{time:06d}"
    found = dates_in_name(shape.format(d=written, t=clock), Zone.WIB)
    try:
        expected = datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC)
        if "{t}" in shape:
            datetime.strptime(clock, "%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        assert found == ()
        return
    assert all(abs(moment.day - expected.date()) <= timedelta(days=1) for _, moment in found)
    assert bool(found) == (expected.date() >= EARLIEST) or expected.date() == EARLIEST - timedelta(days=1)
