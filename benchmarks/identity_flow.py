"""A million faces of strangers who never were, through the collector of a scan: how long, and in how much memory."""

import hashlib
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from candidates.gallery import Gallery
from candidates.match import Matcher
from candidates.population import measure_population
from screening.templates_met import TemplatesMet
from vision.types import Floats

MILLION: Final = 1_000_000
PHOTO: Final = 10  # faces a photo
BLOCK: Final = 20_000  # faces that are made at once
LATENT: Final = 24  # dimensions that synthetic faces mostly differ in, so that they are no featureless cloud


@dataclass(frozen=True, slots=True)
class Flow:
    """Of strangers flowing through a scan, templates only.

    Attributes:
        faces: how many.
        seconds: to take them all in, measure the population and match those that are compared.
        peak_mib: how far the process grew, at its highest.
        compared: faces that were matched.
    """

    faces: int
    seconds: float
    peak_mib: float
    compared: int


def flows(gallery: Gallery, faces: int = MILLION) -> tuple[Flow, ...]:
    """One, measured in a process of its own; empty on Windows, which does not say how large a process has been."""
    if sys.platform == "win32":
        return ()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return (pool.submit(flow, gallery, faces).result(),)


def flow(gallery: Gallery, count: int) -> Flow:
    """In this process. Faces are made outside the clock and in blocks, so that they are never all there."""
    before = _largest_mib()
    met, seconds = TemplatesMet(gallery), 0.0
    for first in range(0, count, BLOCK):
        faces = synthetic_faces(min(BLOCK, count - first), gallery, seed=first)
        start = time.perf_counter()
        for at in range(0, len(faces), PHOTO):
            some = faces[at : at + PHOTO]
            digest = "sha256:" + hashlib.sha256((first + at).to_bytes(8, "big")).hexdigest()
            met.add(first + at, digest, np.arange(len(some), dtype=np.int64), some)
        seconds += time.perf_counter() - start
    start = time.perf_counter()
    suspects = met.suspects().templates
    Matcher(gallery, measure_population(met.sample(), gallery), faces=float(met.faces)).match(suspects)
    seconds += time.perf_counter() - start
    return Flow(count, seconds, _largest_mib() - before, len(suspects))


def synthetic_faces(count: int, gallery: Gallery, seed: int = 0) -> Floats:
    """(count, D) float32 templates of strangers who never were, around the enrolled people."""
    rng = np.random.default_rng(seed)
    means = gallery.means
    middle, size = means.mean(axis=0), means.shape[1]
    basis = rng.normal(0, 1, (LATENT, size)) / np.sqrt(LATENT * size)
    # Strangers then lie 0.75 apart in the middle, as dlib's do.
    latent = 0.45 * rng.normal(0, 1, (count, LATENT)) @ basis
    return np.asarray(middle + latent + 0.28 * rng.normal(0, size**-0.5, (count, size)), np.float32)


def _largest_mib() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # Linux: getrusage would begin with the size of the process that started this one
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 2**10
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # macOS counts bytes
