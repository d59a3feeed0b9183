"""The second pass: the population, and what the summary counts."""

import shutil
from typing import TYPE_CHECKING

import pytest

from candidates.bands import BANDS, Band
from candidates.population import VERSION
from screening.finish import Phase, Summary
from screening.reading import HandsMode

if TYPE_CHECKING:
    from tests.screening.conftest import Stage


def test_the_sum_is_the_sum() -> None:
    assert Summary(3, 2, 1, 4, 0, 0, {}, 0.0, False).seen == 10


def test_the_population_is_everybody_but_candidates_and_each_photo_once(stage: "Stage") -> None:
    group = stage.photo("1.png", "- - - sari")
    stage.photo("2.png", "- -")
    for i in range(5):
        shutil.copy(group, stage.folder / f"salinan-{i}.png")
    summary, _ = stage.scan()
    assert summary.population == pytest.approx(5)
    assert summary.duplicate == 5


def test_faces_too_poor_to_compare_are_no_population(stage: "Stage") -> None:
    stage.photo("1.png", "- - buram~")
    assert stage.scan()[0].population == pytest.approx(2)


def test_a_scan_without_any_face_finishes(stage: "Stage") -> None:
    stage.photo("kosong.png", "")
    summary, records = stage.scan()
    assert (summary.ok, summary.people, summary.population) == (1, 0, 0)
    assert not records[0].findings


def test_a_scan_without_any_file_finishes(stage: "Stage") -> None:
    summary, records = stage.scan()
    assert (summary.seen, summary.skipped, len(records)) == (1, 1, 1)  # the folder itself, which holds no photos


def test_candidates_are_recognised_among_others(stage: "Stage") -> None:
    stage.photo("1.png", "- sari - budi")
    _, records = stage.scan()
    seen = [[one.candidate for one in person.sightings] for person in records[0].people]
    assert seen == [[], ["sari"], [], ["budi"]]
    assert records[0].people[1].sightings[0].band is Band.MATCH
    assert [finding.ticket for finding in records[0].findings] == [1, 2]


def test_every_record_says_what_it_rests_on(stage: "Stage") -> None:
    stage.photo("1.png", "-")
    (stage.folder / "kosong.jpg").touch()
    for record in stage.scan()[1]:
        assert record.run["rulebook"] == "pilkada-2018"
        assert record.run["face_model"] == "made-up"
        assert record.run["hands"] == "auto"
        assert record.run["bands"]["match"] == BANDS.match


def test_progress_tells_of_every_file_in_both_phases(stage: "Stage") -> None:
    for i in range(3):
        stage.photo(f"{i}.png", "-")
    (stage.folder / "catatan.txt").write_text("x")
    told: list[tuple[Phase, int]] = []
    stage.scan(progress=lambda phase, done: told.append((phase, done)))
    assert told == [(phase, done) for phase in Phase for done in (1, 2, 3, 4)]


def test_what_a_sink_cannot_write_ends_the_scan(stage: "Stage") -> None:
    stage.photo("1.png", "-")

    def full(_: object) -> None:
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        stage.scan(sink=full)


def test_faces_too_poor_to_compare_are_counted_and_never_no(stage: "Stage") -> None:
    stage.photo("1.png", "sari~ - budi~")
    summary, records = stage.scan()
    assert (summary.people, summary.cannot_assess) == (3, 2)
    assert [person.quality.assessable for person in records[0].people] == [False, True, False]
    assert [person["face"]["assessable"] for person in records[0].to_dict()["people"]] == [False, True, False]
    assert records[0].run["faces_compared"] == 1


def test_hands_too_small_to_read_are_counted_and_never_nothing(stage: "Stage") -> None:
    stage.photo("1.png", "sari -", "1:one ?:~ 0:-")
    stage.photo("2.png", "sari", "0:~")
    summary, records = stage.scan(hands=HandsMode.ALWAYS)
    assert (summary.hands, summary.cannot_read) == (4, 2)
    assert [record.cannot_read for record in records] == [1, 1]
    assert [hand["readable"] for hand in records[0].to_dict()["hands"]] == [True, False, True]


def test_a_photo_of_a_candidate_says_who_else_cannot_be_assessed(stage: "Stage") -> None:
    stage.photo("1.png", "sari budi~")
    stage.photo("2.png", "- - -")
    _, records = stage.scan()
    (finding,) = records[0].findings
    assert finding.candidates == ("sari",)
    assert "1 wajah tidak dapat dinilai" in finding.reason_id


def test_the_same_photo_twice_is_compared_once(stage: "Stage") -> None:
    photo = stage.photo("1.png", "sari -")
    shutil.copy(photo, stage.folder / "2.png")
    _, records = stage.scan()
    assert [record.run["faces_compared"] for record in records] == [2, 2]


def test_a_small_scan_is_uncalibrated_and_a_larger_one_is_not(stage: "Stage") -> None:
    stage.photo("0.png", "sari -")
    small, records = stage.scan()
    assert not small.calibrated
    assert records[0].to_dict()["people"][0]["sighting"]["calibrated"] is False
    for i in range(1, 70):
        stage.photo(f"{i}.png", "- -")
    large, records = stage.scan()
    assert large.calibrated
    assert large.population >= BANDS.calibrated_from
    sighting = records[0].to_dict()["people"][0]["sighting"]
    assert sighting["calibrated"] is True
    assert 0 < sighting["e_value"] <= BANDS.e_possible
    run = records[0].run
    assert (run["calibrated"], run["faces_compared"], run["population_version"]) == (True, 140, str(VERSION))
    assert "di antara 140 wajah orang lain" in records[0].findings[0].reason_id


def test_a_population_that_was_given_is_used_instead_of_the_scan_s_own(stage: "Stage") -> None:
    for i in range(60):
        stage.photo(f"warga/{i}.png", "- -")
    alone = stage.photo("sendiri.png", "sari")
    measured = stage.scan()[0].measured
    summary, records = stage.scan([alone])
    assert not summary.calibrated
    summary, records = stage.scan([alone], populations=measured)
    assert summary.calibrated
    assert summary.population == measured[0].count
    assert records[0].run["population_given"] is True
    assert records[0].people[0].sightings[0].band is Band.MATCH
