"""The score of a box: the probability that a person is there, a logistic function of its logit, fitted on images held out of
training (detector.calibrate)."""
import json
import os

import numpy as np


def logistic(x):
    return 1 / (1 + np.exp(-x))


def probability(confidence, logits):
    """confidence: slope and offset."""
    return logistic(confidence['slope'] * np.asarray(logits, float) + confidence['offset'])


def fit(features, hits, steps=50):
    """features [N, F], hits [N] -> weights [F + 1], the offset last, by Newton's method on the cross-entropy."""
    features = np.column_stack([features, np.ones(len(features))])
    values = np.zeros(features.shape[1])
    for _ in range(steps):
        p = logistic(features @ values)
        gradient = features.T @ (p - hits)
        curvature = (features * (p * (1 - p))[:, None]).T @ features + 1e-6 * np.eye(len(values))
        values = values - np.linalg.solve(curvature, gradient)
    return values


def load_confidence(path):
    """Of the file, or before there is one the logit's own probability, and a person's score that is the box's."""
    if not os.path.exists(path):
        person = dict(box=1.0, somebody=0.0, quality=0.0, offset=0.0, least=0.5)
        return dict(slope=1.0, offset=0.0, person=person, flipTest=person)
    with open(path) as file:
        return json.load(file)
