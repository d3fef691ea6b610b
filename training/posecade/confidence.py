"""The score of a joint: the probability that it lies within 0.1 torso of the truth, estimated from the maps themselves.
score = sigmoid(bias_j + mass * logit(coarse mass near the peak) + sharp * log(peak of the fine map))"""
import json
import os

import numpy as np

from .skeleton import COUNT

UNFITTED = dict(bias=[0.0] * COUNT, mass=1.0, sharp=0.0)


def load_confidence(path):
    if not os.path.exists(path):
        return UNFITTED
    with open(path) as file:
        return json.load(file)


def features(mass, sharp):
    """mass, sharp [..., 19] in 0..1 -> the two terms that are weighted."""
    p = np.clip(mass, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p)), np.log(np.clip(sharp, 1e-4, 1))


def score_of(confidence, mass, sharp):
    logit, log_sharp = features(mass, sharp)
    return 1 / (1 + np.exp(-(np.array(confidence['bias']) + confidence['mass'] * logit + confidence['sharp'] * log_sharp)))


def fit(mass, sharp, hit, known, rounds=30):
    """Logistic regression by Newton's method. mass, sharp, hit, known: [P, 19]; returns the parameters."""
    logit, log_sharp = features(mass, sharp)
    joint = np.broadcast_to(np.arange(COUNT), mass.shape)[known]
    x = np.concatenate([np.eye(COUNT)[joint], logit[known][:, None], log_sharp[known][:, None]], 1)
    y, w = hit[known].astype(float), np.zeros(COUNT + 2)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + 0.01 * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + 0.01 * np.eye(len(w))
        w = w - np.linalg.solve(curve, slope)
    return dict(bias=w[:COUNT].round(4).tolist(), mass=round(float(w[COUNT]), 4), sharp=round(float(w[COUNT + 1]), 4))
