import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "160"},
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--limit", "-1"], "--limit -1: expected"),
        (["--set", "no-such-set"], "no set named no-such-set"),
        (["no-such-photo.jpg"], "no-such-photo.jpg: there is no such file"),
        (["no-such-photo.jpg", "--set", "faces"], "not both"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_one_core_is_kept_to(tmp_path: Path) -> None:
    program = (
        "import os\n"
        "from benchmarks.one_core import keep_to_one_core\n"
        "cores = keep_to_one_core()\n"
        "assert os.environ['OMP_NUM_THREADS'] == '1'\n"
        "assert not hasattr(os, 'sched_getaffinity') or os.sched_getaffinity(0) == set(cores)\n"
        "import sys; assert 'numpy' not in sys.modules\n"
    )
    given = os.environ | {"OMP_NUM_THREADS": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.slow
def test_a_photo_is_measured_from_end_to_end(tmp_path: Path) -> None:
    Image.new("RGB", (320, 240), (90, 120, 90)).save(tmp_path / "grey.jpg")
    ran = run(str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert "photos: 1 photos, 0.1 megapixels" in ran.stdout
    assert "memory of a worker" in ran.stdout
