"""The score of a box: the probability that a person is there, a logistic function of its logit, fitted on images held out of
training (detector.calibrate)."""
import numpy as np

from ..logistic import fit as fit_logistic, load_fit, logistic


def probability(confidence, logits):
    """confidence: slope and offset."""
    return logistic(confidence['slope'] * np.asarray(logits, float) + confidence['offset'])


def fit(features, hits):
    """features [N, F], hits [N] -> weights [F + 1], the offset last."""
    return fit_logistic(np.column_stack([features, np.ones(len(features))]), hits)


def load_confidence(path):
    """Of the file, or before there is one the logit's own probability, and a person's score that is the box's."""
    person = dict(box=1.0, somebody=0.0, quality=0.0, offset=0.0, threshold=0.5)
    return load_fit(path, dict(slope=1.0, offset=0.0, person=person, flipTest=person))
