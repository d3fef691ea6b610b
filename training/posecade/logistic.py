"""Probabilities from fitted logistic functions."""
import json
import os

import numpy as np


def logistic(x):
    return 1 / (1 + np.exp(-x))


def fit(features, hits, ridge=1e-6, steps=50):
    """Logistic regression: features [N, F], hits [N] in 0..1 -> weights [F], by Newton's method on the cross-entropy. ridge: twice
    the penalty on the weights' squares."""
    weights = np.zeros(features.shape[1])
    for _ in range(steps):
        p = logistic(features @ weights)
        gradient = features.T @ (p - hits) + ridge * weights
        curvature = (features * (p * (1 - p))[:, None]).T @ features + ridge * np.eye(len(weights))
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def load_fit(path, unfitted):
    """The file's parameters, or those that hold before anything is fitted."""
    if not os.path.exists(path):
        return unfitted
    with open(path) as file:
        return json.load(file)
