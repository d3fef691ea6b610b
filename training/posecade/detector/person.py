"""How likely somebody is in a box, once the cascade has been there (src/pose/everybody.ts): a logistic function of the box's score and of the
person head's two logits. Fitted on images held out of training (detector.calibrate)."""
import numpy as np

from ..logistic import logistic

NAMES = ('box', 'somebody', 'quality', 'offset')
SMALLEST = 1e-3  # a score's distance from 0 and 1


def features_of(chance, verdict):
    """chance: the box's score; verdict [2]: the person head's logits, after a flip test the mean of both passes -> the fit's three features."""
    chance = np.clip(chance, SMALLEST, 1 - SMALLEST)
    return np.array([np.log(chance / (1 - chance)), *verdict])


def person_score(person, features):
    """person: the fit (NAMES); features [..., 3] -> probability [...]."""
    return logistic(np.asarray(features) @ [person[name] for name in NAMES[:-1]] + person['offset'])
