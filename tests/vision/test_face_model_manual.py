"""The example of docs/face-models.md is one that netra reads."""

import hashlib
import re
from pathlib import Path

from vision.face_model import ARCFACE_112, load_face_model

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "face-models.md"


def test_the_description_in_the_manual_is_read_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    (file,), (sha256,) = re.findall(r'file = "(.+?)"', example), re.findall(r'sha256 = "(\w{64})"', example)
    (tmp_path / file).write_bytes(b"stands for the network")
    described = example.replace(sha256, hashlib.sha256(b"stands for the network").hexdigest())
    (tmp_path / "sface.toml").write_text(described)
    model = load_face_model(tmp_path / "sface.toml")
    assert (model.name, model.licence, model.path.name) == ("SFace", "Apache-2.0", file)
    assert (model.networks[0].template_size, model.networks[0].points_xy) == (128, ARCFACE_112)
    points = re.findall(r"`points = (\[\[.+?\]\])`", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    own = described.replace('alignment = "arcface-112"', f'alignment = "points"\npoints = {points[0]}')
    (tmp_path / "own.toml").write_text(own)
    assert load_face_model(tmp_path / "own.toml").networks[0].points_xy[0] == (38.3, 51.7)
