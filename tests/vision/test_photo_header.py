import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vision.photo_header import ends_early, recognise, survey

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "HEIF")


def encoded(format_name: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((48, 32), 80).convert("RGB").save(file, format_name, **options)
    return file.getvalue()


def animated(format_name: str, frames: int) -> bytes:
    pictures = [Image.new("RGB", (32, 32), (40 * index % 256, index, 0)) for index in range(frames)]
    file = io.BytesIO()
    pictures[0].save(file, format_name, save_all=True, append_images=pictures[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIF"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIF"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", ""),
        (b"XXXX\0\0\0\0WEBPVP8 ", ""),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"MM\0*\0\0\0\x08", "TIFF"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\3\4\x14\0", "ZIP archive or Office document"),
        (b"BM, kata mereka, sudah selesai.", ""),
        (b"<!doctype html>", ""),
        (b"", ""),
    ],
)
def test_a_format_is_told_by_its_signature(head: bytes, name: str) -> None:
    assert recognise(head) == name


@pytest.mark.parametrize("format_name", FORMATS[:5])
def test_whole_files_are_recognised_and_end_where_they_say(format_name: str) -> None:
    data = encoded(format_name)
    assert recognise(data) == format_name
    assert not ends_early(data, format_name)
    for cut in (len(data) // 2, len(data) - 3, 40):
        assert ends_early(data[:cut], format_name)


def test_a_heif_file_ends_with_its_last_box() -> None:
    boxes = struct.pack(">I4s8x", 16, b"ftyp") + struct.pack(">I4sQ8x", 1, b"mdat", 24)
    assert not ends_early(boxes, "HEIF")
    assert ends_early(boxes[:-1], "HEIF")
    assert not ends_early(boxes + struct.pack(">I4s", 0, b"mdat") + b"to the end", "HEIF")


@pytest.mark.parametrize("format_name", ["GIF", "PNG", "WEBP"])
def test_frames_are_counted_up_to_a_limit(format_name: str) -> None:
    data = animated(format_name, 7)
    assert survey(data, format_name, 200).frames == 7
    assert survey(data, format_name, 3).frames > 3
    assert survey(encoded(format_name), format_name, 3).frames == 1


def test_what_a_jpeg_decoder_must_hold_whole() -> None:
    assert not survey(encoded("JPEG"), "JPEG", 1).is_buffered
    assert survey(encoded("JPEG", progressive=True), "JPEG", 1).is_buffered
    # A first scan of one colour of three: the decoder must wait for the others.
    data = bytearray(encoded("JPEG"))
    data[data.index(b"\xff\xda") + 4] = 1
    assert survey(bytes(data), "JPEG", 1).is_buffered


def test_a_jpeg_of_12_bits_is_told() -> None:
    data = bytearray(encoded("JPEG"))
    data[data.index(b"\xff\xc0") + 4] = 12
    assert "12 bits" in survey(bytes(data), "JPEG", 1).unsupported


def test_a_jpeg_that_would_keep_a_decoder_busy_for_hours() -> None:
    data = encoded("JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    few, many = (data[:-2] + scan * count + data[-2:] for count in (50, 200))
    assert survey(few, "JPEG", 1).flaw == ""
    assert "scans" in survey(many, "JPEG", 1).flaw


def test_scans_in_an_embedded_preview_do_not_count() -> None:
    preview = encoded("JPEG", progressive=True) * 40
    segment = b"\xff\xe3" + struct.pack(">H", 2 + len(preview[:60000])) + preview[:60000]
    data = encoded("JPEG", progressive=True)
    assert survey(data[:2] + segment * 5 + data[2:], "JPEG", 1).flaw == ""


def test_files_of_countless_pieces_are_refused() -> None:
    comments = b"\xff\xfe\0\2" * 100_000
    assert "segments" in survey(b"\xff\xd8" + comments + encoded("JPEG")[2:], "JPEG", 1).flaw
    png = encoded("PNG")
    chunk = struct.pack(">I4sI", 0, b"abCd", 0)
    assert "chunks" in survey(png[:33] + chunk * 100_000 + png[33:], "PNG", 1).flaw
    assert survey(png[:33] + chunk * 1000 + png[33:], "PNG", 1).flaw == ""
    empty = struct.pack(">I4sI", 0, b"IDAT", 0)
    assert "chunks" in survey(png[:33] + empty * 300_000, "PNG", 1).flaw
    gif = encoded("GIF")
    comment = b"!\xfe" + b"\1x" * 1_000_001 + b"\0"
    assert "blocks" in survey(gif[:-1] + comment + b";", "GIF", 1).flaw


def test_a_large_run_length_encoded_drawing_is_refused() -> None:
    data = bytearray(encoded("BMP"))
    data[30] = 1
    assert survey(bytes(data), "BMP", 1).flaw == ""
    assert "run-length" in survey(bytes(data) + bytes(4 * 2**20), "BMP", 1).flaw


@given(st.sampled_from(FORMATS), st.binary(max_size=200), st.integers(0, 30))
def test_no_bytes_upset_the_reader(format_name: str, tail: bytes, cut: int) -> None:
    head = {"HEIF": b"\0\0\0\x18ftypheic"}.get(format_name) or encoded(format_name)[: 12 + cut]
    structure = survey(head + tail, format_name, 5)
    assert structure.frames >= 1
    assert ends_early(head + tail, format_name) in {True, False}
