"""The score of a joint: the probability that it lies within 0.1 torso of the truth, estimated from the maps themselves.
score = sigmoid(bias_j + mass * logit(coarse mass near the peak) + sharp * log(peak of the fine map))"""
import numpy as np

from .logistic import fit as fit_logistic, load_fit, logistic
from .skeleton import COUNT

UNFITTED = dict(bias=[0.0] * COUNT, mass=1.0, sharp=0.0)


def load_confidence(path):
    return load_fit(path, UNFITTED)


def features(mass, sharp):
    """mass, sharp [..., 19] in 0..1 -> the two terms that are weighted."""
    p = np.clip(mass, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p)), np.log(np.clip(sharp, 1e-4, 1))


def score_of(confidence, mass, sharp):
    logit, log_sharp = features(mass, sharp)
    return logistic(np.array(confidence['bias']) + confidence['mass'] * logit + confidence['sharp'] * log_sharp)


def fit(mass, sharp, hit, known):
    """mass, sharp, hit, known: [P, 19] -> the parameters."""
    logit, log_sharp = features(mass, sharp)
    joint = np.broadcast_to(np.arange(COUNT), mass.shape)[known]
    x = np.concatenate([np.eye(COUNT)[joint], logit[known][:, None], log_sharp[known][:, None]], 1)
    w = fit_logistic(x, hit[known].astype(float), ridge=0.01)
    return dict(bias=w[:COUNT].round(4).tolist(), mass=round(float(w[COUNT]), 4), sharp=round(float(w[COUNT + 1]), 4))
