"""Says whose a hand is: the person whose arm ends in it, or nobody where that cannot be told.

Three kinds of evidence make one score. The hand: its scale must agree with the face's, and the forearm runs on from
the wrist, away from the fingers, so that an elbow there must lie within an upper arm of the shoulder of the hand's own
side. The arm: ``vision.poses`` says where each person's elbow and wrist are. The others: a person has one left and one
right hand, so a hand that is surely somebody's makes that person a worse owner for the next one. "Nobody in this
picture" is an owner like the others, and likelier where the forearm leaves the picture sideways.

Poses cost, so faces and hands alone decide where they can, and a pose is asked only of people who may own a contested
hand. Lengths are in face sizes, the larger side of the face box.

On 749 hands of 140 rendered groups made hard on purpose (`python -m benchmarks.hand_owners`): 445 right, 20 rightly
nobody's, 237 left open, 47 wrong; by faces and hands alone, as until issue 4, 444, 1, 215 and 89.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.poses import Arms
from vision.types import Face, Floats, Hand

Doubles = NDArray[np.float64]
AskArms = Callable[[Sequence[Face]], Sequence[Arms]]
"""The arms of the people with these faces."""

# The side of a face box on a hand's metric scale: median of 48 hands and their owners in real photos (quartiles 0.12
# and 0.15).
FACE_METRES: Final = 0.13
# Rough proportions of an adult's upper body; arms seldom lie flat in the picture, so lengths are on the short side.
SHOULDER_SIDE: Final = 1.0  # from the middle of the face
SHOULDER_DOWN: Final = 1.6
FOREARM: Final = 1.5  # wrist to elbow
FORESHORTENED: Final = np.array([[0.2], [0.6], [1.0]])  # shares of it that may show: an arm can point at the camera
UPPER_ARM: Final = 2.0
REACH: Final = 5.0  # shoulder to wrist
WRIST, MIDDLE_KNUCKLE = 0, 9
REACH_WEIGHT: Final = 0.2
FARTHEST: Final = 3.0  # a pose that is off by more says no more
FOREARM_METRES: Final = 0.4  # from a wrist to where a forearm has surely ended
SIDEWAYS: Final = 0.2  # of a direction's length: through its lower edge every picture cuts arms off

# Fitted by `python -m benchmarks.hand_owners --fit` on the set "fit" of rendered groups, which is not the one that is
# reported. By faces and hands alone: how likely anybody in reach, scale, arm, a forearm that leaves the picture.
BY_GEOMETRY: Final = np.array([3.87, -2.18, -2.13, 0.93])
# With a pose, after these: wrist against wrist, elbow against the hand's line, in the same order.
BY_ARM: Final = np.array([4.45, -1.96, -0.92, 0.87, -0.17, -0.78])
# A hand is somebody's from here on. Of 386 hands of the set "fit", five-fold by photo and with three cues more, since
# dropped: at 0.7 31 got a wrong owner and 285 the right one, at 0.8 22 and 252, at 0.9 8 and 211. A hand of unclear
# owner still counts in the rules, one step lower, so more is lost by a wrong name than by none.
SURE: Final = 0.8
DECIDED: Final = 0.95  # by faces and hands alone: no pose is asked
HARDLY: Final = 0.03  # likelihoods under it are no reason to ask for a person's pose
# Poses a photo: at 24 ms each on one core, half a second at the most.
MOST_POSES: Final = 20
ROUNDS: Final = 10  # of letting hands make room for each other; more changed nothing
TAKEN: Final = 0.98  # how far one hand can rule out another: sides are sometimes read wrongly


def owners_of(
    hands: Sequence[Hand],
    faces: Sequence[Face],
    picture_wh: tuple[int, int],
    ask_arms: AskArms,
    matters: Sequence[bool],
) -> tuple[tuple[int, ...], ...]:
    """For each hand the index of the face whose person it belongs to, or nothing where that cannot be told.

    Args:
        hands: all of a photo.
        faces: all of a photo, in pixels of the same size.
        picture_wh: pixels.
        ask_arms: called once at most.
        matters: for each hand whether a pose may be asked for its sake; the others are judged by what is there.
    """
    if not hands or not faces:
        return ((),) * len(hands)
    cues = [[cues_of(hand, face) for face in faces] for hand in hands]
    leaves = [leaving(hand, picture_wh) for hand in hands]
    first = _shares(hands, cues, leaves, {})
    asked = _to_ask(first, matters)
    arms = dict(zip(asked, ask_arms([faces[index] for index in asked]), strict=True)) if asked else {}
    shares = _shares(hands, cues, leaves, {i: [arm_cues(hand, faces[i], a) for hand in hands] for i, a in arms.items()})
    best = shares.argmax(axis=1)
    return tuple(
        (int(which),) if which < len(faces) and row[which] >= SURE else ()
        for row, which in zip(shares, best, strict=True)
    )


def _to_ask(shares: Doubles, matters: Sequence[bool]) -> list[int]:
    """The people who may own a contested hand, the likeliest first, as many as a photo may cost."""
    people = shares[:, :-1]
    contested = np.array(matters) & (people.max(axis=1) < DECIDED) & (people.max(axis=1) >= HARDLY)
    hopes = np.where(contested[:, None] & (people >= HARDLY), people, 0.0).max(axis=0, initial=0.0)
    likeliest = np.argsort(-hopes, kind="stable")[:MOST_POSES]
    return [int(index) for index in likeliest if hopes[index] > 0]


def _shares(
    hands: Sequence[Hand],
    cues: Sequence[Sequence[tuple[float, ...]]],
    leaves: Sequence[float],
    arms: "dict[int, list[tuple[float, ...]]]",
) -> Doubles:
    """(hands, people + 1) how likely each is the owner, the last one being nobody in the picture."""
    scores = np.zeros((len(hands), len(cues[0]) + 1))
    for row, (of_hand, leaving_by) in enumerate(zip(cues, leaves, strict=True)):
        for person, pair in enumerate(of_hand):
            values = np.array([1.0, *pair, leaving_by])
            if person in arms:
                scores[row, person] = BY_ARM @ [*values, *arms[person][row]]
            else:
                scores[row, person] = BY_GEOMETRY @ values
            if not np.isfinite(pair[1]):
                scores[row, person] = -np.inf
    return make_room(hands, softmax(scores))


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


def arm_cues(hand: Hand, face: Face, arms: Arms) -> tuple[float, float]:
    """How far the arm of the hand's side is off: its wrist from the hand's, its elbow from where the forearm runs."""
    size, wrist, elbows = _frame(hand, face)
    middle, side = (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2, 0 if hand.side == "right" else 1
    off_wrist = float(np.linalg.norm((arms.wrists_xy[side] - middle) / size - wrist))
    off_elbow = float(np.linalg.norm((arms.elbows_xy[side] - middle) / size - elbows, axis=1).min())
    return min(off_wrist, FARTHEST), min(off_elbow, FARTHEST)


def leaving(hand: Hand, picture_wh: tuple[int, int]) -> float:
    """0 for a forearm that has room in the picture, to 1 for one that leaves it sideways right at the wrist."""
    wrist, across = hand.keypoints_xy[WRIST], _backwards(hand)[0]
    if abs(across) <= SIDEWAYS:
        return 0.0
    room = (picture_wh[0] - wrist[0] if across > 0 else wrist[0]) / abs(across) / pixels_per_metre(hand)
    return float(np.clip(1 - room / FOREARM_METRES, 0, 1))


def _frame(hand: Hand, face: Face) -> tuple[float, Floats, Floats]:
    """The face's size, and from its middle in face sizes the wrist (2,) and where the elbow may be (3, 2)."""
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    wrist = (hand.keypoints_xy[WRIST] - (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2) / size
    return size, wrist, np.asarray(wrist + FORESHORTENED * FOREARM * _backwards(hand), np.float32)


def _backwards(hand: Hand) -> Floats:
    back = hand.keypoints_xy[WRIST] - hand.keypoints_xy[MIDDLE_KNUCKLE]
    return np.asarray(back / (float(np.linalg.norm(back)) + np.finfo(np.float32).tiny), np.float32)


def _stretch(wrist: Floats, elbows: Floats, shoulder: Floats) -> float:
    to_wrist = float(np.linalg.norm(shoulder - wrist))
    if to_wrist > REACH:
        return float("inf")
    to_elbow = float(np.linalg.norm(shoulder - elbows, axis=1).min())
    return max(0.0, to_elbow - UPPER_ARM) + REACH_WEIGHT * to_wrist


def pixels_per_metre(hand: Hand) -> float:
    """The scale of the photo at the hand's distance, from its landmarks in pixels and in metres."""
    pixels = _spread(hand.keypoints_xy)
    return max(pixels / max(_spread(hand.world_xyz[:, :2]), float(np.finfo(np.float32).tiny)), 1e-6)


def _spread(points: Floats) -> float:
    return float(np.linalg.norm(points - points.mean(0)))
