"""The whole evaluation on faces made up so that every figure follows from them."""

import io
import json
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from candidates.bands import BANDS
from candidates.gallery import Gallery
from evaluation.compare import NOBODY, Compared, compare_by_netra, distances, gallery_of
from evaluation.dataset import Dataset
from evaluation.faces import evaluate_faces
from evaluation.json_file import to_json
from evaluation.picture import MARKED, TICKS, Labels, draw_det
from evaluation.rates import strangers_needed
from evaluation.results import FaceEvaluation, Point
from evaluation.samples import LeftOut, Samples
from evaluation.splits import make_splits
from evaluation.trials import BUDGETS, Method, run_trials
from vision.types import Floats

Make = Callable[..., tuple[Dataset, Samples]]
Watch = Callable[[int, int], None]
PEOPLE = 8


def by_rule(gallery: Gallery, scanned: Floats, searched: Floats, faces: float) -> Compared:
    """A face is (who, how unlike): 1 - how unlike to its own person, 0.2 to whoever has the next number, else 0."""
    enrolled = gallery.templates[:, 0]
    own = searched[:, :1] == enrolled
    following = (searched[:, :1] + 1) == enrolled
    similarities = np.where(own, 1 - searched[:, 1:2].astype(np.float64), np.where(following, 0.2, 0.0))
    best = similarities.argmax(axis=1)
    top = similarities.max(axis=1)
    e_values = np.where(similarities >= 0.6, 0.001, np.where(similarities >= 0.2, 0.5, 2.0))
    named = np.where(top >= 0.2, best, NOBODY).astype(np.intp)
    return Compared(similarities, e_values, e_values / 10, named, top >= 0.6, True)


@pytest.fixture(scope="module")
def evaluation(made_up: Make, nobody_watches: Watch) -> FaceEvaluation:
    """Eight people, three photos each: the first enrols, the second is alike (0.9), the third hardly (0.5)."""
    dataset, samples = made_up([[[i, 0], [i, 0.1], [i, 0.5]] for i in range(PEOPLE)], groups="AAAABBB")
    return evaluate_faces(dataset, samples, nobody_watches, enrolled=2, compare=by_rule)


def point(evaluation: FaceEvaluation, name: str, method: Method | None = None) -> Point:
    return next(one for one in evaluation.points if one.name == name and method in (None, one.method))


def test_everybody_is_enrolled_and_a_stranger_in_turn(evaluation: FaceEvaluation) -> None:
    assert (evaluation.enrolled, evaluation.splits, evaluation.faces) == (2, 20, (22, 22))
    assert (evaluation.taking_turns, evaluation.strangers) == (PEOPLE, PEOPLE)
    # A split has 2 x 2 searches of enrolled people and 6 x 3 of strangers.
    match = point(evaluation, "match")
    assert (match.fnir.searches, match.fpir.searches) == (20 * 4, 20 * 18)


def test_bands_miss_and_name_whom_the_rule_says(evaluation: FaceEvaluation) -> None:
    match, possible = point(evaluation, "match"), point(evaluation, "possible")
    assert (match.fnir.value, match.fpir.value) == (0.5, 0), "every third photo is only possible"
    assert (possible.fnir.value, possible.wrong_names.value) == (0, 0)
    # Strangers are named where the person after them is enrolled: each enrolled person but those two that follow each
    # other brings in the three photos of one stranger.
    assert 0 < possible.fpir.value <= 2 * 3 / 18
    assert possible.fpir.events % 3 == 0


def test_rates_that_so_few_strangers_cannot_show_are_not_shown(evaluation: FaceEvaluation) -> None:
    unmeasured = [one for one in evaluation.points if one.needed]
    assert {one.name for one in unmeasured} == {"fpir-0.1", "fpir-0.01", "fpir-0.003", "fpir-0.001"}
    for one in unmeasured:
        assert one.needed == strangers_needed(float(one.name.removeprefix("fpir-"))) > evaluation.strangers
        assert math.isnan(one.fnir.value)
        assert math.isnan(one.threshold)


def test_with_enough_strangers_fnir_is_told_at_the_fpir(made_up: Make, nobody_watches: Watch) -> None:
    photos = [[[float(i), 0], [float(i), 0.1], [float(i), 1.5]] for i in range(40)]
    dataset, samples = made_up(photos, turns=10)
    measured = evaluate_faces(dataset, samples, nobody_watches, enrolled=1, compare=by_rule)
    row = point(measured, "fpir-0.1", Method.SIMILARITY)
    assert row.needed == 0
    # One stranger of 39 is at 0.2, but nobody comes before person 0; all others are at 0, every second mate at -0.5.
    assert row.fpir.value == pytest.approx(9 / 10 / 39)
    assert (row.threshold, row.fnir.value) == (0.2, 0.5)
    assert row.fnir.low < 0.5 < row.fnir.high


def test_promised_and_observed_false_alarms_are_as_counted(evaluation: FaceEvaluation) -> None:
    for check, budget in zip(evaluation.budgets, BUDGETS, strict=True):
        # Of 22 faces of a scan 18 are strangers', and 2 people are enrolled, in 20 scans.
        assert check.promised == pytest.approx(budget * 20 * 2 * 18 / 22)
        assert check.ratio.value == pytest.approx(check.observed / check.promised)
        assert check.ratio.low <= check.ratio.value <= check.ratio.high
    none, still_none, some = evaluation.budgets
    assert none.observed == still_none.observed == 0
    assert none.ratio.high == pytest.approx(3 / none.promised)
    # Strangers' pairs at 0.2 have E = 0.5, and 0.05 by the middle estimate.
    assert some.observed == still_none.observed_middle == point(evaluation, "possible").fpir.events


def test_groups_are_told_apart_and_unknown_stays_unknown(evaluation: FaceEvaluation) -> None:
    assert [row.group for row in evaluation.groups] == ["A", "B", ""]
    for band in ("match", "possible"):
        for kind in ("fpir", "fnir"):
            total = getattr(point(evaluation, band), kind)
            parts = [getattr(row, kind)[band] for row in evaluation.groups]
            assert sum(part.events for part in parts) == total.events
            assert sum(part.searches for part in parts) == total.searches
    worst = {(one.kind, one.band): one.ratio for one in evaluation.worst}
    assert worst["fnir", "match"].value == pytest.approx(1, abs=0.05)
    assert ("fnir", "possible") not in worst, "there is no ratio to nothing"


def test_without_groups_nothing_is_said_of_them(made_up: Make, nobody_watches: Watch) -> None:
    dataset, samples = made_up([[[i, 0], [i, 0.1]] for i in range(4)])
    measured = evaluate_faces(dataset, samples, nobody_watches, compare=by_rule)
    assert (measured.groups, measured.worst) == ((), ())


def test_photos_without_a_face_count_as_missed_the_way_nist_counts(made_up: Make, nobody_watches: Watch) -> None:
    dataset, samples = made_up([[[i, 0], [i, 0.1]] for i in range(4)], missed=(1, 1, 1, 1))
    samples = replace(samples, seen=12, left_out={LeftOut.NO_FACE: ("a", "b", "c", "d")})
    measured = evaluate_faces(dataset, samples, nobody_watches, enrolled=2, compare=by_rule)
    assert point(measured, "match").fnir.value == 0
    assert measured.with_unusable["match"].value == 0.5


def test_the_usual_distance_is_only_told_of_dlibs_model(made_up: Make, nobody_watches: Watch) -> None:
    dataset, samples = made_up([[[i, 0], [i, 0.1]] for i in range(4)])
    names = {
        is_dlib: [
            one.name
            for one in evaluate_faces(dataset, samples, nobody_watches, is_dlib=is_dlib, compare=by_rule).points
        ]
        for is_dlib in (True, False)
    }
    assert names[True][0] == "face-recognition"
    assert names[False] == names[True][1:]


def test_raw_distance_is_to_the_nearest_reference(made_up: Make) -> None:
    dataset, samples = made_up([[[0, 0], [0, 3], [0, 4]], [[9, 0], [9, 1], [9, 2]]])
    split = next(one for one in make_splits(dataset, samples, references=2, enrolled=1) if one.enrolled == (0,))
    table = distances(gallery_of(split, samples), np.array([[0, 4], [4, 3]], np.float32))
    assert table.tolist() == [[1.0], [4.0]]


def test_the_default_of_face_recognition_names_the_nearest_within_its_tolerance(
    made_up: Make, nobody_watches: Watch
) -> None:
    """People half a unit apart: neighbours are within 0.6, one's own photos within 0.1 or, the third, 0.7 away."""
    photos = [[[0.5 * i, 0], [0.5 * i, 0.1], [0.5 * i, 0.7]] for i in range(6)]
    dataset, samples = made_up(photos)
    row = point(evaluate_faces(dataset, samples, nobody_watches, enrolled=1, compare=by_rule), "face-recognition")
    assert row.threshold == 0.6
    # 20 rounded up to whole rounds of six: each person is enrolled four times, with two searches each.
    assert (row.fnir.events, row.fnir.searches) == (24, 48)
    # Strangers within 0.6 of one enrolled person: the first two photos of each neighbour; the people at the ends have
    # one neighbour, the four between them two.
    assert (row.fpir.events, row.fpir.searches) == (4 * 2 * (1 + 2 + 2 + 2 + 2 + 1), 24 * 15)
    assert row.wrong_names.events == 0


def test_uncalibrated_e_values_promise_nothing(made_up: Make, nobody_watches: Watch) -> None:
    def uncalibrated(gallery: Gallery, scanned: Floats, searched: Floats, faces: float) -> Compared:
        compared = by_rule(gallery, scanned, searched, faces)
        inf = np.full_like(compared.e_values, np.inf)
        return replace(compared, e_values=inf, e_values_middle=inf, calibrated=False)

    dataset, samples = made_up([[[i, 0], [i, 0.1]] for i in range(4)])
    measured = evaluate_faces(dataset, samples, nobody_watches, compare=uncalibrated)
    assert (measured.calibrated, measured.budgets) == (0, ())
    assert Method.E_VALUE not in measured.curves
    assert not [one for one in measured.points if one.method is Method.E_VALUE and one.name.startswith("fpir")]


def test_the_scan_is_told_how_many_faces_it_compares(made_up: Make, nobody_watches: Watch) -> None:
    told = set()

    def listening(gallery: Gallery, scanned: Floats, searched: Floats, faces: float) -> Compared:
        told.add(faces)
        return by_rule(gallery, scanned, searched, faces)

    dataset, samples = made_up([[[i, 0], [i, 0.1], [i, 0.2]] for i in range(4)])
    run_trials(samples, make_splits(dataset, samples, enrolled=2), nobody_watches, listening)
    assert told == {10.0}


def test_netra_finds_people_who_are_clearly_apart(made_up: Make, rng: np.random.Generator) -> None:
    """Through the real matcher: people far apart, photos of each close together, enough for E-values."""
    common = rng.normal(size=128)
    common *= 1.3 / np.linalg.norm(common)
    photos = [
        (
            common + rng.normal(size=128) * 0.5 / math.sqrt(128) + rng.normal(size=(3, 128)) * 0.2 / math.sqrt(128)
        ).tolist()
        for _ in range(BANDS.calibrated_from + 10)
    ]
    dataset, samples = made_up(photos, turns=4)
    split = make_splits(dataset, samples, references=2, enrolled=2)[0]
    templates = np.array([face.template for face in samples.faces], np.float32)
    person = np.array([face.person for face in samples.faces])[split.scanned]
    mated = np.isin(person, split.enrolled)
    gallery = gallery_of(split, samples)
    compared = compare_by_netra(gallery, templates[split.scanned][~mated], templates[split.scanned], len(person))
    assert compared.calibrated
    assert (np.array(split.enrolled)[compared.named[mated]] == person[mated]).all()
    assert (compared.named[mated] != NOBODY).all()
    assert not compared.is_match[~mated].any()
    assert compared.similarities[mated].max(axis=1).min() > compared.similarities[~mated].max()
    assert compared.e_values[mated].min(axis=1).max() < compared.e_values[~mated].min()


def test_json_says_all_and_nothing_that_is_no_json(evaluation: FaceEvaluation) -> None:
    document = json.loads(to_json(evaluation), parse_constant=pytest.fail)
    assert document["schema"] == "netra.evaluation/1"
    photos = document["photos"]
    assert photos["seen"] == photos["used"] + sum(map(len, photos["left_out"].values()))
    rows = {row["at"]: row for row in document["points"]}
    assert rows["match"]["fnir"]["value"] == 0.5
    assert (rows["fpir-0.1"]["fnir"]["value"], rows["fpir-0.1"]["strangers_needed"]) == (None, 30)
    assert [row["group"] for row in document["groups"]] == ["A", "B", None]
    assert document["protocol"]["enrolled"] == 2
    assert "template" not in to_json(evaluation)


def test_the_picture_is_a_png_with_every_line_and_mark(evaluation: FaceEvaluation) -> None:
    labels = Labels(
        "Judul",
        "FPIR",
        "FNIR",
        {method: method.value for method in Method},
        {name: name for name in MARKED},
        {tick: f"{tick:g}" for tick in TICKS},
    )
    paper = io.BytesIO()
    draw_det(evaluation, labels, paper)
    again = io.BytesIO()
    draw_det(evaluation, labels, again)
    assert paper.getvalue() == again.getvalue()
    picture = Image.open(paper)
    assert picture.format == "PNG"
    assert min(picture.size) > 500
    blank = io.BytesIO()
    draw_det(replace(evaluation, curves={}), labels, blank)
    assert paper.getvalue() != blank.getvalue()
