from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.paired import in_turns, times_as_fast
from benchmarks.taken import Side, Taken

SECONDS = st.floats(0.001, 100)


def taken(seconds: float) -> Taken:
    return Taken(seconds, 0, 0)


@given(st.lists(SECONDS, min_size=1, max_size=30), st.floats(0.1, 50))
def test_the_same_factor_on_every_photo_is_that_ratio_for_sure(seconds: list[float], factor: float) -> None:
    ratio = times_as_fast([taken(each) for each in seconds], [taken(each * factor) for each in seconds])
    assert [ratio.low, ratio.value, ratio.high] == pytest.approx([factor] * 3, rel=1e-6)


@given(st.lists(st.tuples(SECONDS, SECONDS), min_size=1, max_size=30))
def test_the_ratio_lies_in_its_interval_and_between_the_photos(pairs: list[tuple[float, float]]) -> None:
    ratio = times_as_fast([taken(ours) for ours, _ in pairs], [taken(peer) for _, peer in pairs])
    ratios = [peer / ours for ours, peer in pairs]
    near = 1e-9 * max(ratios)
    assert min(ratios) - near <= ratio.low <= ratio.high <= max(ratios) + near
    assert ratio.value == pytest.approx(sum(peer for _, peer in pairs) / sum(ours for ours, _ in pairs))


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    covered = 0
    for _ in range(100):
        ours = rng.lognormal(0, 0.5, 40)
        ratio = times_as_fast(
            [taken(each) for each in ours], [taken(each) for each in ours * 4 * rng.gamma(20, 1 / 20, 40)]
        )
        covered += ratio.low <= 4 <= ratio.high
    assert 85 <= covered <= 100


def test_photos_without_a_partner_are_refused() -> None:
    with pytest.raises(ValueError, match="as many photos"):
        times_as_fast([taken(1)], [])
    with pytest.raises(ValueError, match="at least one"):
        times_as_fast([], [])


def test_all_sides_see_a_photo_before_the_next_and_take_turns_in_being_first() -> None:
    seen: list[tuple[str, str]] = []

    def side(name: str, seconds: float) -> Side:
        def look(path: Path) -> Taken:
            seen.append((name, path.name))
            return taken(seconds)

        return look

    photos = [Path(name) for name in "abcd"]
    rows = list(in_turns(photos, side("always", 1), side("gated", 2), side("peer", 3), lambda _: 0.5))
    assert [photo for _, photo in seen] == [name for name in "abcd" for _ in range(3)]
    assert [name for name, _ in seen[::3]] == ["always", "gated", "peer", "always"]
    assert [(row.always.seconds, row.gated.seconds, row.peer.seconds, row.megapixels) for row in rows] == [
        (1, 2, 3, 0.5)
    ] * 4


@pytest.mark.parametrize("wrong", [(0, 1, 1), (1, -1, 0), (1, 0, -1)])
def test_impossible_times_and_counts_are_refused(wrong: tuple[float, int, int]) -> None:
    with pytest.raises(ValueError, match="expected a time above 0"):
        Taken(*wrong)
