"""A sheet of cases with what was said of them, for the manual: pictures in orange, people who are there in green."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.depiction.actors import Pixels
from benchmarks.depiction.measure import Told
from vision.types import DepictionKind

TILE: Final = 300
PICTURE: Final = {
    DepictionKind.REFERENCE: (214, 90, 20),
    DepictionKind.PRINT: (214, 150, 0),
    DepictionKind.SCREEN: (190, 60, 160),
}
THERE: Final = (20, 140, 60)
PART: Final = (30, 90, 200)


def save_sheet(told: Sequence[Told], columns: int, path: Path) -> None:
    """Write the cases side by side as WebP."""
    tiles = [_tile(each) for each in told]
    tiles += [np.full((TILE, TILE, 3), 255, np.uint8)] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.vstack(rows)).save(path, "WEBP", quality=70, method=6)


def _tile(told: Told) -> Pixels:
    pixels = told.case.photo().pixels.copy()
    height, width = pixels.shape[:2]
    thick = max(2, max(height, width) // 200)
    for box in told.found.layout.panels_xyxy:
        x0, y0, x1, y1 = (round(float(v)) for v in box)
        cv2.rectangle(pixels, (x0 + thick, y0 + thick), (x1 - thick, y1 - thick), PART, thick)
    for (_, face), why in zip(told.case.faces, told.found.depictions, strict=True):
        x0, y0, x1, y1 = (round(float(v)) for v in face.box_xyxy)
        cv2.rectangle(pixels, (x0, y0), (x1, y1), PICTURE[why[0].kind] if why else THERE, thick)
        for each in why[:1]:
            cv2.polylines(pixels, [each.quad_xy.astype(np.int32)], True, PICTURE[each.kind], thick, cv2.LINE_AA)
    scale = (TILE - 6) / max(height, width)
    small = cv2.resize(pixels, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    tile = np.full((TILE, TILE, 3), 255, np.uint8)
    y, x = (TILE - small.shape[0]) // 2, (TILE - small.shape[1]) // 2
    tile[y : y + small.shape[0], x : x + small.shape[1]] = small
    return tile
