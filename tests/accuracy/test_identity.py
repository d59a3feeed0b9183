"""The right person, on real photos: what the tool must not get wrong. See docs/identity.md for the figures."""

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import prior as prior_of
from candidates.bands import Band
from candidates.gallery import Enrolled, Gallery, Reference
from candidates.match import Matcher
from candidates.population import measure_population
from candidates.prior import Prior
from vision.analyse import Analyser
from vision.types import FaceQuality, FaceReading

pytestmark = [pytest.mark.data, pytest.mark.slow]

Templates = NDArray[np.float32]
PAIRS = (("anies", "muhaimin"), ("prabowo", "gibran"), ("ganjar", "mahfud"), ("prabowo", "hatta"))
PAIRS_2014 = ("joko_widodo", "jusuf_kalla")
TWICE = "prabowo"
QUALITY = FaceQuality(120.0, 0.9, 0.9, 0.9)
OTHERS = ("pairs", "named", "group")


def gallery_of(analyser: Analyser, people: dict[str, list[FaceReading]]) -> Gallery:
    enrolled = []
    for number, (name, readings) in enumerate(people.items(), 1):
        references = [
            Reference(f"{name}-{i}", f"sha256:{name}{i}", each.template, each.quality)
            for i, each in enumerate(readings)
        ]
        enrolled.append(Enrolled(name.replace("_", "-"), name, number, tuple(references)))
    return Gallery(analyser.model_id, tuple(enrolled))


def priors_without(folder: Path, *sets: str) -> tuple[Prior, ...]:
    """As shipped, but made without the photos that it is judged on."""
    return (prior_of.make(folder, sets),)


def lookalikes(analyser: Analyser, folder: Path) -> dict[str, list[FaceReading]]:
    truth = json.loads((folder / "lookalikes" / "people.json").read_text(encoding="utf-8"))
    _, faces = analyser.read_file(folder / "lookalikes" / "montage.jpg")
    found: dict[str, list[FaceReading]] = {}
    for name, points in truth.items():
        for x, y in points:
            for each in faces:
                x0, y0, x1, y1 = each.face.box_xyxy
                if x0 < x < x1 and y0 < y < y1:
                    found.setdefault(name, []).append(each)
    return found


def paslon(analyser: Analyser, folder: Path) -> list[tuple[str, FaceReading]]:
    truth = json.loads((folder / "paslon" / "labels.json").read_text(encoding="utf-8"))
    found = []
    for name, people in truth.items():
        if name.startswith("_"):
            continue
        _, faces = analyser.read_file(folder / "paslon" / name)
        ordered = sorted(faces, key=lambda each: float(each.face.box_xyxy[0]))
        assert len(ordered) == len(people), name
        found += list(zip(people, ordered, strict=True))
    return found


def test_look_alikes_with_one_photo_each(
    shared_data: Path, analyser: Analyser, say: Callable[[str], None], share: Callable[[int, int], str]
) -> None:
    folder = shared_data / "faces"
    people, priors = lookalikes(analyser, folder), priors_without(folder, "lookalikes")
    assert {name: len(each) for name, each in people.items()} == dict.fromkeys("ABCD", 6)
    true = at_least = wrong_match = wrong = strangers = 0
    for name, own in people.items():
        for chosen in range(len(own)):
            gallery = gallery_of(analyser, {name.lower(): [own[chosen]]})
            faces = [(who, each) for who, all_ in people.items() for each in all_ if each is not own[chosen]]
            templates = np.array([each.template for _, each in faces], np.float32)
            population = measure_population(templates, gallery, priors)
            matcher = Matcher(gallery, population, faces=float(len(faces)))
            for (who, _), found in zip(faces, matcher.match(templates), strict=True):
                if who == name:
                    true, at_least = true + 1, at_least + bool(found)
                else:
                    strangers, wrong = strangers + 1, wrong + bool(found)
                    wrong_match += any(one.band is Band.MATCH for one in found)
    say(f"look-alikes, one photo enrolled: true at least possible {share(at_least, true)}")
    say(f"    wrong at match {share(wrong_match, strangers)}, at least possible {share(wrong, strangers)}")
    assert (true, strangers) == (120, 432)
    assert wrong_match == 0
    assert at_least >= 0.95 * true


def test_three_pairs_enrolled_and_everybody_else_a_stranger(
    shared_data: Path, analyser: Analyser, say: Callable[[str], None]
) -> None:
    folder = shared_data / "faces"
    faces, priors = paslon(analyser, folder), priors_without(folder, "paslon")
    others = np.array([each for name in OTHERS for each in prior_of.templates(analyser, folder / name)], np.float32)
    alike = [each.template for all_ in lookalikes(analyser, folder).values() for each in all_]
    everybody_else = np.concatenate([others, np.array(alike, np.float32)])
    trials, bands = 0, []
    for three in combinations((*PAIRS, PAIRS_2014), 3):
        names = list(dict.fromkeys(name for pair in three for name in pair))
        for turn in (0, 1):
            chosen = {name: [each for who, each in faces if who == name] for name in names}
            first = {name: [each[turn % len(each)]] for name, each in chosen.items()}
            gallery = gallery_of(analyser, first)
            enrolled = [each for one in first.values() for each in one]
            rest = [(who, each) for who, each in faces if all(each is not one for one in enrolled)]
            templates = np.concatenate([np.array([each.template for _, each in rest], np.float32), everybody_else])
            whose = [who.replace("_", "-") for who, _ in rest] + ["nobody enrolled"] * len(everybody_else)
            matcher = Matcher(gallery, measure_population(templates, gallery, priors), faces=float(len(templates)))
            for who, found in zip(whose, matcher.match(templates), strict=True):
                assert not [one for one in found if one.band is Band.MATCH and one.candidate != who], (three, who)
                if who == TWICE and TWICE in names:
                    trials += 1
                    bands += [one.band.value for one in found if one.candidate == who]
    say(f"three pairs enrolled: no wrong match; the second photo of one of them: {bands.count('match')} match, ")
    say(f"    {bands.count('possible')} possible of {trials}")
    assert trials == 18
    assert len(bands) == trials
