"""Says whose a hand is: the person whose arm ends in it, or nobody where that cannot be told.

Three kinds of evidence make one score. The hand: its scale must agree with the face's, and the forearm runs on from
the wrist, away from the fingers, so that an elbow there must lie within an upper arm of the shoulder of the hand's own
side. The arm: ``vision.owners_trace`` follows it in the picture, ``vision.poses`` says where each person's elbows and
wrists are. The others: a person has one left and one right hand, so a hand that is surely somebody's makes that person
a worse owner for the next one. "Nobody in this picture" is an owner like the others.

Following arms and asking for poses cost, so faces and hands alone decide where they can. Lengths are in face sizes,
the larger side of the face box.

On 749 hands of 140 rendered groups made hard on purpose (`python -m benchmarks.hand_owners`): 499 right, 29 rightly
nobody's, 200 left open, 21 wrong; by faces and hands alone, as until issue 4, 444, 1, 215 and 89.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.owners_trace import FACE_METRES, WRIST, arm_cues, backwards, pixels_per_metre, trace
from vision.poses import Arms
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Hand, Photo

Doubles = NDArray[np.float64]
AskArms = Callable[[Sequence[Face]], Sequence[Arms]]
"""The arms of the people with these faces."""

# Rough proportions of an adult's upper body; arms seldom lie flat in the picture, so lengths are on the short side.
SHOULDER_SIDE: Final = 1.0  # from the middle of the face
SHOULDER_DOWN: Final = 1.6
FOREARM: Final = 1.5  # wrist to elbow
FORESHORTENED: Final = np.array([[0.2], [0.6], [1.0]])  # shares of it that may show: an arm can point at the camera
UPPER_ARM: Final = 2.0
REACH: Final = 5.0  # shoulder to wrist
REACH_WEIGHT: Final = 0.2

# Fitted by `python -m benchmarks.hand_owners --fit` on the set "fit" of rendered groups, which is not the one that is
# reported. By faces and hands alone: how likely anybody in reach, scale, arm.
BY_GEOMETRY: Final = np.array([3.94, -2.87, -2.15])
# With the arm and a pose, after these: those of ``owners_trace.CUES``.
BY_ARM: Final = np.array([5.4, -1.7, -0.48, 0.36, -0.89, -0.15, -2.31, 1.53, -1.01, -0.79, -2.15, -0.89, -0.31, 0.82])
# A hand is somebody's from here on. Of 757 hands of the set "fit", four-fold by photo, right and wrong owners: at 0.7
# 590 and 35, at 0.8 545 and 22, at 0.85 499 and 19, at 0.9 461 and 13, at 0.95 372 and 3. A hand of unclear owner
# still counts in the rules, one step lower, so more is lost by a wrong name than by none.
SURE: Final = 0.8
DECIDED: Final = 0.97  # by faces and hands alone; at 0.95 80 were right and 7 wrong, at 0.97 3 and 0
HARDLY: Final = 0.03  # likelihoods under it are no reason to ask for a person's pose
SURE_SIDE: Final = 0.99  # the network's sides are right as often as it says: of 140 at 0.98 and above, 139 were
# Poses a photo: at 24 ms each on one core, half a second at the most.
MOST_POSES: Final = 20
ROUNDS: Final = 10  # of letting hands make room for each other; more changed nothing
TAKEN: Final = 0.98  # how far one hand can rule out another: sides are sometimes read wrongly


def owners_of(
    hands: Sequence[Hand],
    faces: Sequence[Face],
    photo: Photo,
    ask_arms: AskArms,
    matters: Sequence[bool],
) -> tuple[tuple[int, ...], ...]:
    """For each hand the index of the face whose person it belongs to, or nothing where that cannot be told.

    The arguments are those of ``likelihoods``.
    """
    return tuple(
        (int(row.argmax()),) if row.argmax() < len(faces) and row.max() >= SURE else ()
        for row in likelihoods(hands, faces, photo, ask_arms, matters)
    )


def likelihoods(
    hands: Sequence[Hand],
    faces: Sequence[Face],
    photo: Photo,
    ask_arms: AskArms,
    matters: Sequence[bool],
) -> Doubles:
    """(hands, faces + 1) how likely each is the owner, the last one being nobody in the picture.

    Args:
        hands: all of the photo.
        faces: all of the photo.
        photo: in which they were found.
        ask_arms: called once at most.
        matters: for each hand whether arms may be followed and poses be asked for its sake; hands that have none of
            its people in common are judged by faces and hands.
    """
    if not hands or not faces:
        return np.ones((len(hands), 1))
    scores = np.array([_by_geometry(hand, faces) for hand in hands])
    shares = make_room(hands, softmax(scores))
    contested = _contested(shares, matters)
    asked = _to_ask(shares[contested])
    if not asked:
        return shares
    arms, pyramid = ask_arms([faces[index] for index in asked]), Pyramid(photo.pixels)
    for row in np.flatnonzero(contested):
        pairs = [(index, arm) for index, arm in zip(asked, arms, strict=True) if np.isfinite(scores[row, index])]
        scores[row, [index for index, _ in pairs]] = _by_arm(pyramid, photo.scale_xy, hands[row], faces, pairs)
    return make_room(hands, softmax(scores))


def _by_geometry(hand: Hand, faces: Sequence[Face]) -> Doubles:
    """(people + 1,) scores by faces and hands alone, minus infinity out of reach; the last one is nobody's."""
    found = np.array([[1.0, *cues_of(hand, face)] for face in faces])
    inside = np.isfinite(found).all(axis=1)
    return np.append(np.where(inside, np.where(inside[:, None], found, 0) @ BY_GEOMETRY, -np.inf), 0.0)


def _contested(shares: Doubles, matters: Sequence[bool]) -> "NDArray[np.bool_]":
    """The hands that matter and are not decided, and those that the same people may own: one makes room for another."""
    highest = shares[:, :-1].max(axis=1)
    likely = shares[:, :-1] >= HARDLY
    undecided = (highest < DECIDED) & likely.any(axis=1)
    people = likely[np.array(matters) & undecided].any(axis=0)
    return np.asarray(undecided & likely[:, people].any(axis=1), np.bool_)


def _to_ask(shares: Doubles) -> list[int]:
    """The people who may own a contested hand, the likeliest first, as many as a photo may cost."""
    hopes = shares[:, :-1].max(axis=0, initial=0.0)
    likeliest = np.argsort(-hopes, kind="stable")[:MOST_POSES]
    return [int(index) for index in likeliest if hopes[index] >= HARDLY]


def _by_arm(
    pyramid: Pyramid, scale_xy: Floats, hand: Hand, faces: Sequence[Face], arms: Sequence[tuple[int, Arms]]
) -> Doubles:
    """The scores of the people in reach whose poses are known, given by the index of the face.

    A person's score is over all ways that the arm may run, by their likelihood.
    """
    traced = trace(pyramid, scale_xy, hand)
    elbows, likely = traced.likeliest()
    known = likely + sides_of(hand)[:, None]
    scores = []
    for index, arm in arms:
        own = np.array([1.0, *cues_of(hand, faces[index])])
        ways = arm_cues(traced, elbows, faces[index], arm) @ BY_ARM[len(own) :] + known
        highest = float(ways.max())
        scores.append(float(BY_ARM[: len(own)] @ own) + highest + float(np.log(np.exp(ways - highest).sum())))
    return np.array(scores)


def sides_of(hand: Hand) -> Doubles:
    """(2,) the logarithms of how likely the hand is a right one, and a left one."""
    own = float(np.clip(hand.side_score, 1 - SURE_SIDE, SURE_SIDE))
    return np.log([own, 1 - own] if hand.side == "right" else [1 - own, own])


def softmax(scores: Doubles) -> Doubles:
    """(N, M) scores -> shares that sum to 1 in each row; at least one score of a row is finite."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def make_room(hands: Sequence[Hand], shares: Doubles) -> Doubles:
    """The same shares once each person has at most one hand of a side; the last column, nobody, takes any number."""
    right = np.array([hand.side_score if hand.side == "right" else 1 - hand.side_score for hand in hands])
    same = np.outer(right, right) + np.outer(1 - right, 1 - right)
    np.fill_diagonal(same, 0)
    current = shares
    for _ in range(ROUNDS):
        taken = np.minimum(same[:, :, None] * current[None, :, :-1], TAKEN)
        room = np.concatenate([(1 - taken).prod(axis=1), np.ones((len(hands), 1))], axis=1)
        fitted = shares * room
        current = (current + fitted / fitted.sum(axis=1, keepdims=True)) / 2
    return current


def cues_of(hand: Hand, face: Face) -> tuple[float, float]:
    """How badly the hand fits that face's person, 0 being perfect: in scale, and by the reach of an arm, which is
    infinite out of reach.
    """
    size, wrist, elbows = _frame(hand, face)
    # Seen from the front, a person's right shoulder is on the left.
    outwards = -SHOULDER_SIDE if hand.side == "right" else SHOULDER_SIDE
    own, other = np.array([[outwards, SHOULDER_DOWN], [-outwards, SHOULDER_DOWN]], np.float32)
    doubt = 2 * hand.side_score - 1
    arm = min(_stretch(wrist, elbows, own), _stretch(wrist, elbows, other) + doubt)
    return abs(float(np.log(pixels_per_metre(hand) * FACE_METRES / size))), arm


def _frame(hand: Hand, face: Face) -> tuple[float, Floats, Floats]:
    """The face's size, and from its middle in face sizes the wrist (2,) and where the elbow may be (3, 2)."""
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    wrist = (hand.keypoints_xy[WRIST] - (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2) / size
    return size, wrist, np.asarray(wrist + FORESHORTENED * FOREARM * backwards(hand), np.float32)


def _stretch(wrist: Floats, elbows: Floats, shoulder: Floats) -> float:
    to_wrist = float(np.linalg.norm(shoulder - wrist))
    if to_wrist > REACH:
        return float("inf")
    to_elbow = float(np.linalg.norm(shoulder - elbows, axis=1).min())
    return max(0.0, to_elbow - UPPER_ARM) + REACH_WEIGHT * to_wrist
