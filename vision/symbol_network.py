"""The small network that tells symbols apart: a few layers of plain numbers, run with numpy.

``python -m benchmarks.symbol_reader`` trains it and writes its file: arrays without pickle, which any program that
reads ``.npz`` can open.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from netra.errors import ModelError
from vision.types import Floats

NONE: Final = "none"
FAR: Final = 8.0  # standard deviations beyond which a feature counts as that far: nothing was learned from beyond
_LEAST: Final = 1e-9
_KEYS: Final = ("labels", "mean", "scale", "temperature", "threshold", "members")


@dataclass(frozen=True, slots=True, eq=False)
class SymbolNetwork:
    """Several networks of one shape, whose probabilities are averaged.

    Attributes:
        labels: what the outputs stand for; one of them is ``none``.
        mean, scale: (F,) float32; a feature less its mean, over its scale, goes in.
        layers: of each member the weights (inputs, outputs) and offsets (outputs,) of its layers, float32.
        temperature: over 1 makes the answers less sure, under 1 surer; fitted on hands that were not learned from.
        threshold: the least confidence of a symbol; below it the answer is ``none``.
    """

    labels: tuple[str, ...]
    mean: Floats
    scale: Floats
    layers: tuple[tuple[tuple[Floats, Floats], ...], ...]
    temperature: float
    threshold: float

    def __post_init__(self) -> None:
        if NONE not in self.labels or len(set(self.labels)) != len(self.labels):
            raise ValueError(f"labels: expected different ones and {NONE!r} among them, got {self.labels}")
        if self.mean.shape != self.scale.shape or self.mean.ndim != 1 or not (self.scale > 0).all():
            raise ValueError(f"expected as many means as scales over 0, got {self.mean.shape} and {self.scale.shape}")
        if not self.layers or self.temperature <= 0 or not 0 <= self.threshold <= 1:
            raise ValueError(f"expected members, got temperature {self.temperature}, threshold {self.threshold}")
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

    def save(self, path: Path) -> None:
        """Write the file; the same network gives the same bytes."""
        arrays: dict[str, NDArray[np.float32] | NDArray[np.str_]] = {
            "labels": np.array(self.labels),
            "mean": self.mean,
            "scale": self.scale,
            "temperature": np.array(self.temperature, np.float32),
            "threshold": np.array(self.threshold, np.float32),
            "members": np.array(len(self.layers), np.float32),
        }
        for m, member in enumerate(self.layers):
            for k, (weights, offsets) in enumerate(member):
                arrays |= {f"weights_{m}_{k}": weights, f"offsets_{m}_{k}": offsets}
        np.savez(path, allow_pickle=False, **arrays)


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
                layers.append(tuple((file[f"weights_{m}_{k}"], file[f"offsets_{m}_{k}"]) for k in range(count)))
        return SymbolNetwork(
            tuple(str(label) for label in plain["labels"]),
            plain["mean"],
            plain["scale"],
            tuple(layers),
            float(plain["temperature"]),
            float(plain["threshold"]),
        )
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise ModelError(f"{path}: no weights of the symbol reader ({error}). Run the installation again.") from error


def _run(values: Floats, member: tuple[tuple[Floats, Floats], ...]) -> Floats:
    for k, (weights, offsets) in enumerate(member):
        values = (values if k == 0 else np.maximum(values, 0)) @ weights + offsets
    return values


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
