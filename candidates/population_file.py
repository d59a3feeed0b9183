"""A population kept for later, so that a single photo can be seen against the people of a whole scan.

One ``.npz`` file without pickle, schema ``netra.population/1``: what made the templates, how many people there were,
their mean, their covariance, counts of how alike pairs of them are, and the prior that was in use. No template is in
it, and none can be made from it: every number is a sum over people.
"""

import io
import json
import os
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from candidates.npz_file import DAMAGED, unpacked_npz, write_npz
from candidates.population import VERSION, Population
from candidates.prior import Prior
from candidates.tail import Tail
from netra.errors import OutputError, UsageError

SCHEMA: Final = "netra.population/1"

_ARRAYS: Final = ("mean", "covariance", "edges", "counts", "prior_mean")


def save_population(path: Path, population: Population, *, overwrite: bool = False) -> None:
    """Write a population.

    Args:
        path: of the new file.
        population: with the ``model_id`` of the model that it was measured with.
        overwrite: whether a file that is there is replaced.

    Raises:
        UsageError: the population holds nobody.
        OutputError: a file is there, or the system refuses.
    """
    if population.count <= 0 or not population.model_id:
        raise UsageError(f"{path}: the scan saw nobody besides candidates, so there is no population to keep.")
    if not overwrite and os.path.lexists(path):
        raise OutputError(f"{path}: a file of this name is there already. Choose another name, or use --overwrite.")
    try:
        write_npz(path, _arrays(population), 0o666)
    except OSError as error:
        raise OutputError(f"{path}: the population cannot be written ({error.strerror or error}).") from error


def packed_population(population: Population) -> bytes:
    """A population as ``save_population`` writes it, for keeping elsewhere; of nobody too."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **_arrays(population))
    return packed.getvalue()


def _arrays(population: Population) -> dict[str, np.ndarray[Any, Any]]:
    about: dict[str, Any] = {
        "schema": SCHEMA,
        "version": VERSION,
        "model_id": population.model_id,
        "count": population.count,
        "pairs": [tail.pairs for tail in population.tails],
        "priors": [
            {"model_id": one.model_id, "version": one.version, "people": one.people, "variance": one.variance}
            for one in population.priors
        ],
    }
    nothing = np.zeros(0)
    return {
        "about": np.array(json.dumps(about)),
        "mean": population.mean,
        "covariance": population.covariance,
        "edges": population.tails[0].edges if population.tails else nothing,
        "counts": population.tails[0].counts if population.tails else nothing,
        "prior_mean": population.priors[0].mean if population.priors else nothing,
    }


def load_population(path: Path, model_id: str) -> Population:
    """Read a population.

    Args:
        path: of a file that ``save_population`` wrote.
        model_id: of the model in use; templates of another model cannot be seen against this population.

    Raises:
        UsageError: the file is missing, damaged, no population, of another version, or of another model.
    """
    again = "Make one with netra scan --save-population."
    try:
        with path.open("rb") as file:
            return unpacked_population(file, str(path), model_id)
    except OSError as error:
        raise UsageError(f"{path}: the population cannot be read ({error.strerror or error}). {again}") from error


def unpacked_population(file: BinaryIO, path: str, model_id: str) -> Population:
    """Read what ``packed_population`` or ``save_population`` made.

    Args:
        file: open, or in memory.
        path: what messages call it.
        model_id: as for ``load_population``.

    Raises:
        OSError: it cannot be read.
        UsageError: as ``load_population``.
    """
    again = "Make one with netra scan --save-population."
    try:
        about, arrays = _read(file)
    except DAMAGED as error:
        raise UsageError(f"{path}: this is no population of netra, or it is damaged. {again}") from error
    if about.get("schema") != SCHEMA or about.get("version") != VERSION:
        found = f"{about.get('schema')} version {about.get('version')}"
        raise UsageError(f"{path}: expected a population {SCHEMA} version {VERSION}, got {found}. {again}")
    if about.get("model_id") != model_id:
        raise UsageError(
            f"{path}: the population was measured with another face model ({about.get('model_id')}, in use is "
            f"{model_id}). Use the same model, or scan anew with this one and --save-population."
        )
    try:
        tails = tuple(Tail(arrays["edges"], arrays["counts"], float(pairs)) for pairs in about["pairs"])
        priors = tuple(
            Prior(one["model_id"], one["version"], one["people"], arrays["prior_mean"], one["variance"])
            for one in about["priors"]
        )
        count = float(about["count"])
        return Population(count, arrays["mean"], arrays["covariance"], tails, priors, model_id)
    except DAMAGED as error:
        raise UsageError(f"{path}: the population is damaged. {again}") from error


def _read(file: BinaryIO) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, np.dtype[np.float64]]]]:
    stored = unpacked_npz(file)
    about = json.loads(str(stored["about"]))
    arrays = {name: np.asarray(stored[name], np.float64) for name in _ARRAYS}
    if not isinstance(about, dict):
        raise TypeError(f"about: expected an object, got {type(about).__name__}")
    return about, arrays
