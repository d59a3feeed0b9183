"""The small network that tells symbols apart: a few layers of plain numbers, run with numpy.

``python -m benchmarks.symbol_reader`` trains it and writes its file: arrays without pickle, which any program that
reads ``.npz`` can open.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from netra.errors import ModelError
from vision.types import Floats

NONE: Final = "none"
# Labels with the same fingers out: spread or together, palm or back. They mean one number, and a hand between two of
# them is no less a sign than one that is clearly either.
SAME_FINGERS: Final = (("peace", "two_up", "peace_inverted", "two_up_inverted"), ("palm", "stop"))
FAR: Final = 8.0  # standard deviations beyond which a feature counts as that far: nothing was learned from beyond
_LEAST: Final = 1e-9
_KEYS: Final = ("labels", "mean", "scale", "temperature", "thresholds", "members")


@dataclass(frozen=True, slots=True, eq=False)
class SymbolNetwork:
    """Several networks of one shape, whose probabilities are averaged.

    Attributes:
        labels: what the outputs stand for; one of them is ``none``.
        mean, scale: (F,) float32; a feature less its mean, over its scale, goes in.
        layers: of each member the weights (inputs, outputs) and offsets (outputs,) of its layers, float32.
        temperature: over 1 makes the answers less sure, under 1 surer; fitted on hands that were not learned from.
        thresholds: (labels,) float32, how likely the fingers of each symbol must be; below it the answer is ``none``.
    """

    labels: tuple[str, ...]
    mean: Floats
    scale: Floats
    layers: tuple[tuple[tuple[Floats, Floats], ...], ...]
    temperature: float
    thresholds: Floats

    def __post_init__(self) -> None:
        if NONE not in self.labels or len(set(self.labels)) != len(self.labels):
            raise ValueError(f"labels: expected different ones and {NONE!r} among them, got {self.labels}")
        if self.mean.shape != self.scale.shape or self.mean.ndim != 1 or not (self.scale > 0).all():
            raise ValueError(f"expected as many means as scales over 0, got {self.mean.shape} and {self.scale.shape}")
        if not self.layers or self.temperature <= 0:
            raise ValueError(f"expected members and a temperature over 0, got {self.temperature}")
        if self.thresholds.shape != (len(self.labels),) or not ((self.thresholds >= 0) & (self.thresholds <= 1)).all():
            raise ValueError(f"thresholds: expected {len(self.labels)} from 0 to 1, got {self.thresholds}")
        for member in self.layers:
            width = self.mean.size
            for weights, offsets in member:
                if weights.shape != (width, offsets.size):
                    raise ValueError(f"weights: expected ({width}, {offsets.size}), got {weights.shape}")
                width = offsets.size
            if width != len(self.labels):
                raise ValueError(f"expected {len(self.labels)} outputs, got {width}")

    def __call__(self, features: Floats) -> Floats:
        """(N, F) -> (N, labels) float32: the probability of each label; a row adds up to 1."""
        standard = np.clip((features - self.mean) / self.scale, -FAR, FAR)
        mean = np.mean([_softmax(_run(standard, member)) for member in self.layers], axis=0)
        return np.asarray(_softmax(np.log(mean + _LEAST) / self.temperature), np.float32)

    def fingers(self, probabilities: Floats) -> Floats:
        """(N, labels) -> (N,) how likely it is that fingers are out as the likeliest label of a row has them."""
        same = np.eye(len(self.labels), dtype=np.float32)
        for twins in SAME_FINGERS:
            places = [self.labels.index(label) for label in twins if label in self.labels]
            same[np.ix_(places, places)] = 1
        return np.asarray((probabilities @ same)[np.arange(len(probabilities)), probabilities.argmax(axis=1)])

    def answers(self, probabilities: Floats) -> list[str]:
        """(N, labels) -> the likeliest label of each row where its fingers reach its threshold, else ``none``."""
        best = probabilities.argmax(axis=1)
        sure = self.fingers(probabilities) >= self.thresholds[best]
        return [self.labels[index] if enough else NONE for index, enough in zip(best, sure, strict=True)]

    def save(self, path: Path) -> None:
        """Write the file, with numbers of 16 bits, which change no answer; the same network gives the same bytes."""
        arrays: dict[str, NDArray[np.floating[Any]] | NDArray[np.str_]] = {
            "labels": np.array(self.labels),
            "mean": self.mean,
            "scale": self.scale,
            "temperature": np.array(self.temperature, np.float32),
            "thresholds": self.thresholds,
            "members": np.array(len(self.layers), np.float32),
        }
        for m, member in enumerate(self.layers):
            for k, (weights, offsets) in enumerate(member):
                arrays |= {
                    f"weights_{m}_{k}": weights.astype(np.float16),
                    f"offsets_{m}_{k}": offsets.astype(np.float16),
                }
        np.savez_compressed(path, allow_pickle=False, **arrays)


def load(path: Path) -> SymbolNetwork:
    """Read a file that ``SymbolNetwork.save`` wrote.

    Raises:
        ModelError: it is no such file.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            plain = {key: file[key] for key in _KEYS}
            layers = []
            for m in range(int(plain["members"])):
                count = sum(name.startswith(f"weights_{m}_") for name in file.files)
                pairs = [(file[f"weights_{m}_{k}"], file[f"offsets_{m}_{k}"]) for k in range(count)]
                layers.append(tuple((_wide(weights), _wide(offsets)) for weights, offsets in pairs))
        return SymbolNetwork(
            tuple(str(label) for label in plain["labels"]),
            _wide(plain["mean"]),
            _wide(plain["scale"]),
            tuple(layers),
            float(plain["temperature"]),
            _wide(plain["thresholds"]),
        )
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise ModelError(f"{path}: no weights of the symbol reader ({error}). Run the installation again.") from error


def _wide(stored: NDArray[np.floating[Any]]) -> Floats:
    return np.asarray(stored, np.float32)


def _run(values: Floats, member: tuple[tuple[Floats, Floats], ...]) -> Floats:
    for k, (weights, offsets) in enumerate(member):
        values = (values if k == 0 else np.maximum(values, 0)) @ weights + offsets
    return values


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
