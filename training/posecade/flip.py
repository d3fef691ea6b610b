"""The flip test (src/pose/flip.ts): the cascade runs on a person's crop and on its mirror image, and both answers are taken into account.
Poses [..., 19][x, y, score], both as they lie in the image."""
import numpy as np

NEAR = 0.06  # of the crop's side: two places of a joint closer than this are one place seen twice


def agreed(one, other, side):
    """One pose of two: the mean of a joint's places, weighted by their scores, or the surer place where they lie apart; the scores' mean."""
    a, b = one[..., 2], other[..., 2]
    near = np.linalg.norm(one[..., :2] - other[..., :2], axis=-1) < NEAR * np.asarray(side)[..., None]
    share = np.where(near, a / np.maximum(a + b, 1e-9), a >= b)[..., None]
    places = share * one[..., :2] + (1 - share) * other[..., :2]
    return np.concatenate([places, ((a + b) / 2)[..., None]], -1)
