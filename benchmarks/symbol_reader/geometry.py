"""Hands as their joints would be seen without any error: the same recipe as the rendered ones, but not rendered.

A rendered hand costs half a second, this one half a millisecond, so there can be many more of them: they teach how
symbols vary, the rendered and the real ones how the network errs.
"""

from collections.abc import Iterable

import numpy as np

from benchmarks.symbol_reader import seen
from benchmarks.symbol_reader.seen import About, Seen
from fixtures.hand_variety import NOTHING, kind_of, nothing, shown
from fixtures.render.arms import hand_axes
from fixtures.render.body import HAND_UNIT, MIRROR
from fixtures.render.camera import Camera
from fixtures.render.hand import bones
from fixtures.render.shapes import turn
from vision.types import Hand

SEEDS = 1_000_000  # theirs begin here: none is another hand's


def geometry(seeds: Iterable[int]) -> Seen:
    """The hands of these seeds, each as a network without error would give it."""
    return seen.seen([_row(SEEDS + seed) for seed in seeds])


def _row(seed: int) -> tuple[tuple[Hand, ...], About]:
    rng = np.random.default_rng([seed, 77])
    kind = kind_of(seed)
    held = nothing(kind, seed) if kind in NOTHING else shown(kind, seed, posed=seed % 2 == 0)
    arm, left = held.watched, bool(rng.random() < 0.5)
    joints = bones(arm.own[0], 1.0, seed, arm.build).joints
    axes = hand_axes(arm.ways[0].fingers, arm.ways[0].palm)
    if not left:
        joints, axes = joints * (-1.0, 1.0, 1.0), MIRROR @ axes @ MIRROR
    body = turn("y", float(np.clip(rng.normal(0, 9), -25, 25)))
    world = HAND_UNIT * joints @ (body @ axes).T
    away = float(np.exp(rng.uniform(np.log(0.7), np.log(4.0))))
    sideways, up = np.radians(np.clip(rng.normal(0, 8), -18, 18)), np.radians(rng.uniform(-10, 16))
    way = np.array([np.sin(sideways) * np.cos(up), np.sin(up), np.cos(sideways) * np.cos(up)])
    x, y, z = (float(v) for v in world.mean(0) + away * way)
    a, b, c = (float(v) for v in world.mean(0))
    camera = Camera((x, y, z), (a, b, c), 10.0, 1000, 1000, float(rng.normal(0, 3)))
    flat, _ = camera.project(world)
    size = float(np.exp(rng.uniform(np.log(seen.SMALLEST), np.log(100.0))))
    flat *= size / float(np.ptp(flat, axis=0).max())
    turned = (world - world.mean(0)) @ (camera.axes() * [[1.0], [-1.0], [1.0]]).T
    keypoints, world_xyz = np.asarray(flat, np.float32), np.asarray(turned, np.float32)
    box = np.concatenate([keypoints.min(0), keypoints.max(0)])
    hand = Hand(
        box,
        keypoints,
        world_xyz,
        "left" if left else "right",
        float(rng.uniform(0.9, 1.0)),
        float(rng.uniform(0.8, 1.0)),
    )
    return (hand,), About(held.label, held.kind, "train", seed, size)
