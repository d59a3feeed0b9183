"""An evaluation as JSON, schema ``netra.evaluation/1``: keys may be added, never renamed. No template, no face."""

import json
import math
from typing import Any, Final

from candidates.bands import Band
from evaluation.resampling import CONFIDENCE, RESAMPLES, Rate, Ratio
from evaluation.results import FaceEvaluation, Point
from evaluation.splits import SEED
from netra import __version__

SCHEMA: Final = "netra.evaluation/1"


def to_json(evaluation: FaceEvaluation) -> str:
    """All figures; what is not defined is null."""
    samples = evaluation.samples
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "netra": __version__,
        "dataset": evaluation.dataset,
        "face_model": samples.model_id,
        "photos": {
            "seen": samples.seen,
            "used": samples.used,
            "left_out": {reason.value: list(names) for reason, names in samples.left_out.items()},
        },
        "protocol": {
            "people": len({face.person for face in samples.faces}),
            "faces": len(samples.faces),
            "taking_turns": evaluation.taking_turns,
            "strangers": evaluation.strangers,
            "enrolled": evaluation.enrolled,
            "references": evaluation.references,
            "splits": evaluation.splits,
            "faces_of_a_scan": list(evaluation.faces),
            "seed": SEED,
            "resamples": RESAMPLES,
            "confidence": CONFIDENCE,
            "calibrated": evaluation.calibrated,
        },
        "points": [_point(point) for point in evaluation.points],
        "fnir_with_unusable_photos": {name: _rate(rate) for name, rate in evaluation.with_unusable.items()},
        "rank_one": {method.value: _rate(rate) for method, rate in evaluation.rank_one.items()},
        "e_values": [
            {
                "budget": check.budget,
                "promised": check.promised,
                "observed": check.observed,
                "observed_middle": check.observed_middle,
                "ratio": _ratio(check.ratio),
                "ratio_middle": _ratio(check.ratio_middle),
            }
            for check in evaluation.budgets
        ],
        "groups": [
            {
                "group": row.group or None,
                **{
                    band.value: {"fpir": _rate(row.fpir[band.value]), "fnir": _rate(row.fnir[band.value])}
                    for band in Band
                },
            }
            for row in evaluation.groups
        ],
        "worst_group_to_all": [
            {"rate": one.kind, "band": one.band, "group": one.group, "ratio": _ratio(one.ratio)}
            for one in evaluation.worst
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _point(point: Point) -> dict[str, Any]:
    return {
        "method": point.method.value,
        "at": point.name,
        "threshold": _number(point.threshold),
        "fpir": _rate(point.fpir),
        "fnir": _rate(point.fnir),
        "wrong_names": _rate(point.wrong_names),
        "strangers_needed": point.needed or None,
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "value": _number(rate.value),
        "interval": [_number(rate.low), _number(rate.high)],
        "events": rate.events,
        "searches": rate.searches,
        "people": rate.people,
    }


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {"value": _number(ratio.value), "interval": [_number(ratio.low), _number(ratio.high)]}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
