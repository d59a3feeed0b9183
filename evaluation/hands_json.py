"""An evaluation of hands as JSON, schema ``netra.hands-evaluation/1``: keys may be added, never renamed."""

import json
import math
from typing import Any, Final

from evaluation.hands_measure import answer_of, by_name
from evaluation.hands_pairing import ALIKE, NEAR
from evaluation.hands_results import HandEvaluation, HandFigures, Outcome
from evaluation.hands_samples import NETRA, Judged
from evaluation.hands_truth import NOTHING
from evaluation.resampling import CONFIDENCE, RESAMPLES, Rate
from evaluation.splits import SEED
from netra import __version__

SCHEMA: Final = "netra.hands-evaluation/1"


def to_json(evaluation: HandEvaluation, models: dict[str, str]) -> str:
    """All figures, and each hand that was not read as it should be; what is not measured is null.

    Args:
        evaluation: the figures.
        models: sha256 of each model file in use, by file name.
    """
    dataset, samples = evaluation.dataset, evaluation.samples
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "netra": __version__,
        "models": models,
        "dataset": str(dataset.path),
        "photos": {
            "seen": samples.seen,
            "used": samples.used,
            "left_out": {reason.value: list(names) for reason, names in samples.left_out.items()},
            "in_truth_only": len(dataset.without_photo),
        },
        "protocol": {
            "people": evaluation.people or None,
            "intervals": "resampled people" if evaluation.people else "wilson",
            "seed": SEED if evaluation.people else None,
            "resamples": RESAMPLES if evaluation.people else None,
            "confidence": CONFIDENCE,
            "taken_for_no_symbol": list(dataset.no_symbol),
            "found_within": {"sides_from_the_middle": NEAR, "size_factor": ALIKE},
            "size_is_true": evaluation.size_is_true,
        },
        "all": _figures(evaluation.all),
        "labels": [
            {"label": row.label, "figures": _figures(row.figures), "read_as": dict(row.answers)}
            for row in evaluation.labels
        ],
        "sizes": [
            {"from": row.least, "under": row.under or None, "figures": _figures(row.figures)}
            for row in evaluation.sizes
        ],
        "views": [{"view": row.view or None, "figures": _figures(row.figures)} for row in evaluation.views],
        "claims_on_no_hand": _rate(evaluation.on_no_hand),
        "reliability": {
            "expected_calibration_error": _number(evaluation.reliability.error),
            "claims": evaluation.reliability.claims,
            "bins": [
                {"from": each.low, "to": each.high, "confidence": each.confidence, "right": _rate(each.right)}
                for each in evaluation.reliability.bins
            ],
        },
        "by_fingers": [
            {"reader": row.name, "figures": _figures(row.figures), "claims_on_no_hand": _rate(row.on_no_hand)}
            for row in evaluation.readers
        ],
        "not_as_it_should_be": [_hand(hand) for hand in samples.readers[NETRA].hands if _is_off(hand)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _is_off(hand: Judged) -> bool:
    return by_name(hand) is not (Outcome.NONE if hand.truth.label == NOTHING else Outcome.RIGHT)


def _hand(hand: Judged) -> dict[str, Any]:
    seen = hand.seen[0] if hand.seen else None
    x0, y0, x1, y1 = seen.box_xyxy.tolist() if seen else (0.0, 0.0, 0.0, 0.0)
    return {
        "photo": hand.photo,
        "label": hand.truth.label,
        "read_as": answer_of(hand),
        "confidence": round(seen.confidence, 3) if seen and seen.label else None,
        "box": [round(each, 1) for each in (x0, y0, x1 - x0, y1 - y0)] if seen else None,
        "size": round(hand.size, 1) or None,
    }


def _figures(figures: HandFigures) -> dict[str, Any]:
    return {
        "hands": figures.hands,
        "found": _rate(figures.found),
        "right": _rate(figures.right),
        "wrong": _rate(figures.wrong),
        "none": _rate(figures.none),
        "cannot_read": _rate(figures.cannot_read),
        "right_of_all": _rate(figures.right_of_all),
        "false_symbols": _rate(figures.false_symbols),
        "as_meant": _rate(figures.as_meant),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "value": _number(rate.value),
        "interval": [_number(rate.low), _number(rate.high)],
        "events": rate.events,
        "of": rate.searches,
        "people": rate.people or None,
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
