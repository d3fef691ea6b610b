"""The flip test (src/pose/flip.ts): the cascade runs on a person's crop and on its mirror image, and both answers are taken into account.
Poses [..., 19][x, y, score], both as they lie in the image."""
import numpy as np

from evaluation.score import similarity

from .skeleton import COCO_COUNT

NEAR = 0.06  # of the crop's side: two places of a joint closer than this are one place seen twice


def agreed(one, other, side):
    """One pose of two: the mean of a joint's places, weighted by their scores, or the surer place where they lie apart; the scores' mean."""
    a, b = one[..., 2], other[..., 2]
    near = np.linalg.norm(one[..., :2] - other[..., :2], axis=-1) < NEAR * np.asarray(side)[..., None]
    share = np.where(near, a / np.maximum(a + b, 1e-9), a >= b)[..., None]
    places = share * one[..., :2] + (1 - share) * other[..., :2]
    return np.concatenate([places, ((a + b) / 2)[..., None]], -1)


def agreement(one, other, area):
    """How far two answers agree, 0..1: the mean over COCO's joints of OKS's term times the less certain of both scores. area [...]."""
    one, other = one[..., :COCO_COUNT, :], other[..., :COCO_COUNT, :]
    least = np.minimum(one[..., 2], other[..., 2])
    return similarity(np.linalg.norm(one[..., :2] - other[..., :2], axis=-1), least, area) * np.maximum(least.sum(-1), 1) / COCO_COUNT
