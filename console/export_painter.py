"""Draws the working copies of an export: what a record says, always in Indonesian, as case files are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from candidates.bands import Band
from casework.export.painter import Painted
from console import texts
from console.voice import Voice
from netra.errors import PhotoError
from netra.symbols import SYMBOLS
from vision.marks import FaceMark, HandMark, Tone
from vision.photo_file import read_file
from vision.photo_limits import DEFAULT_LIMITS
from vision.types import Floats
from vision.working_copy import make_portrait, make_working_copy

_VOICE: Final = Voice("id")
_LEAST_SIDE: Final = 1.0  # pixels: boxes are rounded in records


class RecordPainter:
    """A ``casework.export.painter.Painter``.

    Args:
        names: of candidates by id.
        references: name of a reference photo -> its path.
    """

    def __init__(self, names: Mapping[str, str], references: Mapping[str, Path]) -> None:
        self._names, self._references = names, references

    def paint(self, data: bytes, name: str, record: Mapping[str, Any], hide: frozenset[str]) -> Painted:
        """The working copy of one photo; see the protocol."""
        people, hands = record.get("people") or (), record.get("hands") or ()
        faces = [self._face(person, hide) for person in people]
        marks = [self._hand(hand) for hand in hands]
        copy = make_working_copy(data, name, faces, marks)
        shown = [person["id"] for person, mark in zip(people, faces, strict=True) if mark.tone is not Tone.OTHER]
        signs = [hand["id"] for hand, mark in zip(hands, marks, strict=True) if mark.tone is Tone.SYMBOL]
        return Painted(
            copy.jpeg,
            copy.width,
            copy.height,
            dict(zip(shown, copy.face_jpegs, strict=True)),
            dict(zip(signs, copy.hand_jpegs, strict=True)),
        )

    def reference(self, name: str) -> tuple[bytes, ...]:
        """A reference photo, none where the election file is not at hand or its photo cannot be read."""
        if name not in self._references:
            return ()
        try:
            data = read_file(str(self._references[name]), DEFAULT_LIMITS.max_bytes)
            return (make_portrait(data, name),)
        except PhotoError:
            return ()

    def _face(self, person: Mapping[str, Any], hide: frozenset[str]) -> FaceMark:
        box, sighting = _box(person["face"]["box"]), person.get("sighting")
        if not sighting or sighting["candidate"] in hide:
            return FaceMark(box)
        is_match = sighting["band"] == Band.MATCH.value
        label = _VOICE(
            texts.LABEL_MATCH if is_match else texts.LABEL_POSSIBLE,
            name=self._names.get(sighting["candidate"], sighting["candidate"]),
            similarity=_VOICE.decimal(sighting["similarity"]),
        )
        return FaceMark(box, label, Tone.CANDIDATE if is_match else Tone.POSSIBLE)

    @staticmethod
    def _hand(hand: Mapping[str, Any]) -> HandMark:
        points = np.array(hand["keypoints"], np.float32)
        if not hand.get("symbol"):
            return HandMark(points)
        symbol = hand["symbol"]
        meaning = SYMBOLS[symbol].indonesian if symbol in SYMBOLS else symbol
        confidence = _VOICE.decimal(hand.get("confidence") or 0.0)
        return HandMark(points, _VOICE(texts.LABEL_SYMBOL, symbol=meaning, confidence=confidence), Tone.SYMBOL)


def _box(coco: Sequence[float]) -> Floats:
    x, y, width, height = coco
    return np.array([x, y, x + max(width, _LEAST_SIDE), y + max(height, _LEAST_SIDE)], np.float32)
