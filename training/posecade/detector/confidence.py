"""The score of a box: the probability that a person is there, a logistic function of the centre's logit, fitted on images held out of
training (detector.calibrate)."""
import json
import os

import numpy as np


def probability(confidence, logits):
    """confidence: slope and offset."""
    return 1 / (1 + np.exp(-(confidence['slope'] * np.asarray(logits, float) + confidence['offset'])))


def fit(logits, hits, steps=50):
    """Slope and offset by Newton's method on the cross-entropy."""
    features, values = np.column_stack([logits, np.ones(len(logits))]), np.array([1.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-features @ values))
        gradient = features.T @ (p - hits)
        curvature = (features * (p * (1 - p))[:, None]).T @ features + 1e-6 * np.eye(2)
        values = values - np.linalg.solve(curvature, gradient)
    return dict(slope=round(float(values[0]), 4), offset=round(float(values[1]), 4))


def load_confidence(path):
    """Of the file, or the centre's own probability where there is none yet."""
    if not os.path.exists(path):
        return dict(slope=1.0, offset=0.0)
    with open(path) as file:
        return json.load(file)
