"""What a file's first bytes and its structure say, before any decoder sees it: its format, its frames, its traps.

Sources: JPEG, ITU-T T.81 annex B; PNG, the W3C's third edition, with APNG; GIF89a, CompuServe 1990; WebP, RFC 9649;
HEIF and MP4, ISO/IEC 14496-12 (the ``ftyp`` box) and 23008-12; the rest from each format's own specification.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Names are Pillow's where Pillow has one. The extension of a file is never asked.
_SIGNATURES = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WEBP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"II+\0", "TIFF"),
    (0, b"MM\0+", "TIFF"),
    (0, b"%PDF-", "PDF"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\1\0", "icon"),
    (8, b"AVI ", "video"),
    (0, b"\x1a\x45\xdf\xa3", "video"),  # Matroska, WebM
    (0, b"\0\0\1\xba", "video"),  # MPEG program stream
    (0, b"\0\0\1\xb3", "video"),  # MPEG video
    (0, b"FLV\1", "video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),  # ASF, WMV
    (4, b"moov", "video"),  # QuickTime before it had an ftyp box
    (4, b"mdat", "video"),
    (0, b"PK\3\4", "ZIP archive or Office document"),
    (0, b"Rar!\x1a\7", "RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (0, b"\x1f\x8b", "gzip archive"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}  # the sizes that a bitmap's information header has had

# A marker, but not a stuffed 0xFF, a restart marker or a second start of image: those say nothing about the structure.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_EOI, _SOS = 0xD9, 0xDA

# A decoder passes over the whole photo once a scan, and an empty scan costs 8 bytes: 50 MB of them would keep it busy
# for hours. Encoders write about ten; libjpeg-turbo's own fuzzers stop at 500.
MAX_SCANS = 100
# Pillow keeps every segment and chunk in memory. Seen in photos: under 40; with a depth map in XMP, some hundreds.
MAX_SEGMENTS = 4096
# An image may come in many chunks of data: 64 MiB in the 1 KiB chunks of the thriftiest writers are 65,536.
MAX_DATA_CHUNKS = 200_000
# Encoders fill their blocks of 255 bytes: 64 MiB are 263,000.
MAX_GIF_BLOCKS = 1_000_000
# Pillow unpacks these in Python, at about a microsecond a run of two bytes. Nobody stores photos so.
_RUN_LENGTHS = {1, 2}
MAX_PACKED_BMP_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Structure:
    """How a photo's file is built.

    Attributes:
        frames: pictures that follow each other in an animation, 1 for a still photo; not counted far past the limit.
        is_buffered: the decoder has to hold the whole photo in memory, however small the picture asked of it.
        unsupported: what no decoder here can read, for a message; empty if there is nothing of the kind.
        flaw: why no decoder should be given the file, for a message; empty if there is no reason.
    """

    frames: int = 1
    is_buffered: bool = True
    unsupported: str = ""
    flaw: str = ""


def recognise(data: bytes) -> str:
    """The format by its signature: ``JPEG``, ``PNG``, ``GIF``, ``WEBP``, ``BMP``, ``HEIF``, or the name of one that
    netra cannot read (``TIFF``, ``AVIF``, ``video``, ...); empty for anything else.
    """
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "HEIF" if brand in _HEIF_BRANDS else "AVIF" if brand in _AVIF_BRANDS else "video"
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    for offset, signature, name in _SIGNATURES:
        if data.startswith(signature, offset) and (offset != 8 or data.startswith(b"RIFF")):
            return name
    return ""


def survey(data: bytes, format_name: str, max_frames: int) -> Structure:
    """Reads the structure of a file without decoding it; never raises, whatever the bytes.

    Args:
        data: the whole file.
        format_name: what ``recognise`` said.
        max_frames: counting may stop at one frame more.
    """
    if format_name == "JPEG":
        return _survey_jpeg(data)
    if format_name == "PNG":
        return _survey_png(data)
    if format_name == "GIF":
        return _survey_gif(data, max_frames)
    if format_name == "BMP":
        is_packed = int.from_bytes(data[30:34], "little") in _RUN_LENGTHS
        flaw = "a run-length encoded drawing, far larger than people draw them"
        return Structure(flaw=flaw if is_packed and len(data) > MAX_PACKED_BMP_BYTES else "")
    if format_name == "WEBP":
        chunks = itertools.islice(_riff_chunks(data), MAX_DATA_CHUNKS)
        return Structure(frames=max(1, sum(kind == b"ANMF" for kind in chunks)))
    return Structure()


def ends_early(data: bytes, format_name: str) -> bool:
    """True where the file stops before the end that its own structure announces."""
    if format_name == "JPEG":
        return all(code != _EOI for code, _, _ in _jpeg_segments(data))
    if format_name == "PNG":
        return all(kind != b"IEND" for kind, _, _ in _png_chunks(data))
    if format_name == "WEBP":
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    if format_name == "BMP":
        return len(data) < int.from_bytes(data[2:6], "little")
    if format_name == "HEIF":
        return _boxes_end(data) > len(data)
    return not data.endswith(b";")  # GIF: the trailer


def _survey_jpeg(data: bytes) -> Structure:
    scans = components = 0
    is_buffered = False
    for segments, (code, start, end) in enumerate(_jpeg_segments(data)):
        if segments == MAX_SEGMENTS:
            return Structure(flaw=f"the file has more than {MAX_SEGMENTS:,} segments, as no camera writes")
        if code in _SOF:
            frame = data[start:end]
            if frame[:1] not in {b"", b"\x08"}:
                return Structure(unsupported=f"JPEG with {frame[0]} bits a colour")
            components = frame[5] if len(frame) > 5 else 0
            is_buffered = code in _PROGRESSIVE
        elif code == _SOS:
            scans += 1
            # A scan that lacks a colour component announces others: the decoder gathers them all before it begins.
            is_buffered = is_buffered or data[start : start + 1] != bytes([components])
            if scans > MAX_SCANS:
                return Structure(flaw=f"the file has more than {MAX_SCANS} scans, as no encoder writes")
            if not is_buffered:
                break  # a decoder reads no further
    return Structure(is_buffered=is_buffered)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker code, start, end) of each segment's body up to the end of the picture; entropy-coded data is passed."""
    position = 2
    while match := _MARKER.search(data, position):
        code, start = data[match.end() - 1], match.end() + 2
        if code == _EOI:
            yield code, match.end(), match.end()
            return
        if start > len(data):
            return
        position = max(start, match.end() + int.from_bytes(data[match.end() : start], "big"))
        yield code, start, position


def _survey_png(data: bytes) -> Structure:
    frames, others, of_data = 1, 0, 0
    for kind, start, _ in _png_chunks(data):
        if kind in {b"IDAT", b"fdAT"}:
            of_data += 1
        else:
            others += 1
        if others > MAX_SEGMENTS or of_data > MAX_DATA_CHUNKS:
            return Structure(flaw="the file has more chunks than any encoder writes")
        if kind == b"acTL":
            frames = max(1, int.from_bytes(data[start : start + 4], "big"))
    return Structure(frames=frames)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    position = 8
    while position + 12 <= len(data):
        start, length = position + 8, int.from_bytes(data[position : position + 4], "big")
        yield data[position + 4 : start], start, start + length
        position = start + length + 4  # the checksum


def _riff_chunks(data: bytes) -> Iterator[bytes]:
    position = 12
    while position + 8 <= len(data):
        yield data[position : position + 4]
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        position += 8 + length + length % 2  # chunks are padded to an even size


def _survey_gif(data: bytes, max_frames: int) -> Structure:
    frames = blocks = 0
    position = 13 + _palette_size(data[10:11])
    while position < len(data) and frames <= max_frames:
        if data[position] == 0x2C:  # an image: descriptor, palette, the code size, blocks of data
            frames += 1
            position += 10 + _palette_size(data[position + 9 : position + 10]) + 1
        elif data[position] == 0x21:  # an extension: its label, blocks of data
            position += 2
        else:
            break  # the trailer, or damage
        while position < len(data) and data[position]:
            position += 1 + data[position]
            blocks += 1
            if blocks > MAX_GIF_BLOCKS:
                return Structure(flaw="the file has more blocks than any encoder writes")
        position += 1
    return Structure(frames=max(1, frames))


def _palette_size(flags: bytes) -> int:
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _boxes_end(data: bytes) -> int:
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 0:  # up to the end of the file
            return len(data)
        if size == 1:  # the size is too large for its field and follows it
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        position += max(size, 8)
    return position
