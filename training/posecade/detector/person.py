"""How likely somebody is in a box, once the joints in it are known (src/pose/everybody.ts): a logistic function of the box's score, of how well
the joints' extent fills the box, and of the joints: after one pass their mean score, after a flip test how far both passes agree. Fitted on
images held out of training (detector.calibrate). An animal may look like a person to the detector, but its joints do not to the cascade."""
import numpy as np

from .confidence import logistic
from .decode import iou

NAMES = ('box', 'fill', 'joints', 'offset')
SEEN = 0.2  # score of a joint that counts for the extent
MARGIN = 0.08  # of the joints' extent on every side: joints lie inside the body
SMALLEST = 1e-3  # a score's distance from 0 and 1


def evidence(chance, box, pose, joints=None):
    """chance: the box's score; box [4], pose [19][x, y, score], in pixels of the image; joints: what they say -> the fit's three features."""
    chance = np.clip(chance, SMALLEST, 1 - SMALLEST)
    return np.array([np.log(chance / (1 - chance)), fill(np.asarray(box), pose), pose[:, 2].mean() if joints is None else joints])


def fill(box, pose):
    """Intersection over union of the box and the joints' extent; 0 with fewer than three joints seen."""
    seen = pose[pose[:, 2] >= SEEN, :2]
    if len(seen) < 3:
        return 0.0
    low, high = seen.min(0), seen.max(0)
    extent = np.concatenate([low - MARGIN * (high - low), high + MARGIN * (high - low)])
    return float(iou(box[None], extent[None])[0, 0])


def person_score(person, features):
    """person: the fit (NAMES); features [..., 3] -> probability [...]."""
    return logistic(np.asarray(features) @ [person[name] for name in NAMES[:3]] + person['offset'])
