"""Writes ../src/annotate/golden/score.json, which holds the app's own figures to evaluation/score.py: random people, random drafts, and their
scores. Half of the people count as COCO's, half as LSPET's. Nothing in it comes from a photograph.
    python3 -m evaluation.score_golden"""
import json
import os

import numpy as np

from evaluation.score import row, score
from posecade.skeleton import COUNT

PEOPLE = 60
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'src', 'annotate', 'golden', 'score.json')


def people(rng):
    """truth.json's content and a prediction file's, of PEOPLE random people."""
    size = rng.uniform(60, 400, (PEOPLE, 1))
    joints = rng.uniform(0, 1, (PEOPLE, COUNT, 2)) * size[:, None] + rng.uniform(0, 300, (PEOPLE, 1, 2))
    seen = rng.choice([0, 1, 2], (PEOPLE, COUNT), p=[.2, .2, .6])
    seen[:, 0] = 2  # score.py is never given a person without a label
    corner, extent = joints.min(1), np.ptp(joints, axis=1)
    spread = size[:, None] * rng.choice([.01, .04, .15], (PEOPLE, COUNT, 1)) * rng.choice([.3, 1, 2.5], (PEOPLE, 1, 1))
    drafts = joints + rng.normal(size=joints.shape) * spread
    chance = rng.uniform(0, 1, (PEOPLE, COUNT, 1))
    keypoints = np.concatenate([np.where(seen[..., None] > 0, joints, 0), seen[..., None]], 2).round(3)
    truth = dict(dataset=[i % 2 for i in range(PEOPLE)], crop=[[0, 0, 1]] * PEOPLE, keypoints=keypoints.tolist(),
                 bbox=np.concatenate([corner, extent], 1).round(3).tolist())
    return truth, np.concatenate([drafts.round(3), chance.round(4)], 2).tolist()


def main(out):
    truth, prediction = people(np.random.RandomState(7))
    values = {key: float(value) for key, value in score(truth, prediction).items()}
    printed = {key: f'{100 * value:.1f}' for key, value in values.items()}
    with open(out, 'w') as file:
        json.dump(dict(truth=truth, prediction=prediction, printed=printed, values=values), file)
    print(row(values))


if __name__ == '__main__':
    main(OUT)
