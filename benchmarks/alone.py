"""What netra needs by itself: memory of a worker, a phone's photo, the start of the command.

Each is measured in a process of its own: the most memory a process ever held counts all that it ever did. Run as a
program, this file is that process: photos in, one JSON object out.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.one_core import keep_to_one_core

PHONE_WIDTH, PHONE_HEIGHT = 4000, 3000
PHONE_QUALITY = 90  # about 3 MB, as phones write them
REPEATS = 7
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Alone:
    """One worker's life.

    Attributes:
        start_seconds: from nothing loaded to faces and hands of the first photo.
        phone_first_seconds: a 12-megapixel photo, the first of its shape: file to faces, templates, hands and symbols.
        phone_seconds: the same again, median of seven.
        peak_mib: the most memory it held, in MiB, after all photos.
    """

    start_seconds: float
    phone_first_seconds: float
    phone_seconds: float
    peak_mib: float


def alone(photos: Sequence[Path]) -> tuple[Alone, ...]:
    """Have a fresh process read those photos, and the first of them enlarged to 12 megapixels.

    To be called before this process has loaded anything large: Linux counts what a process held before it became
    another program. Empty where the platform does not say how much memory a process held (Windows).
    """
    if sys.platform == "win32":
        return ()
    command = [sys.executable, "-m", "benchmarks.alone", *map(str, photos)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return (Alone(**json.loads(ran.stdout)),)


def seconds_of_help() -> tuple[float, ...]:
    """Median time of ``netra --help``; empty where the command does not run."""
    script = shutil.which("netra", path=str(Path(sys.executable).parent))
    command = [script, "--help"] if script else [sys.executable, "-m", "cli", "--help"]
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        if ran.returncode or not ran.stdout:
            return ()
    return (statistics.median(times),)


def enlarge(photo: Path, into: Path) -> None:
    """Write the photo as a JPEG of 4000 x 3000 pixels."""
    from PIL import Image

    with Image.open(photo) as image:
        large = image.convert("RGB").resize((PHONE_WIDTH, PHONE_HEIGHT), Image.Resampling.BICUBIC)
    large.save(into, "JPEG", quality=PHONE_QUALITY)


def _live(photos: Sequence[Path]) -> Alone:
    import resource

    start = time.perf_counter()
    from benchmarks.netra_side import Netra

    netra = Netra()
    netra(photos[0])
    started = time.perf_counter() - start
    for photo in photos:
        netra(photo)
    with tempfile.TemporaryDirectory() as folder:
        phone = Path(folder) / "phone.jpg"
        enlarge(photos[0], phone)
        first, *later = (netra(phone).seconds for _ in range(1 + REPEATS))
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    return Alone(started, first, statistics.median(later), peak)


if __name__ == "__main__":
    keep_to_one_core()
    print(json.dumps(asdict(_live([Path(each) for each in sys.argv[1:]]))))
