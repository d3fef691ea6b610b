"""Writes src/annotate/golden/score.json: random people, random drafts, and what score.py says of them.
python3 tools/score-golden.py PATH/score.py      (score.py: see training/README.md)
Half of the people count as COCO's, half as LSPET's (for which score.py also prints the head). Nothing in it comes from a photograph."""
import importlib.util
import json
import os
import sys

import numpy as np

spec = importlib.util.spec_from_file_location('score', sys.argv[1])
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)

PEOPLE = 60
rng = np.random.RandomState(7)
size = rng.uniform(60, 400, (PEOPLE, 1))
joints = rng.uniform(0, 1, (PEOPLE, 19, 2)) * size[:, None] + rng.uniform(0, 300, (PEOPLE, 1, 2))
seen = rng.choice([0, 1, 2], (PEOPLE, 19), p=[.2, .2, .6])
seen[:, 0] = 2  # score.py is never given a person without a label
corner, extent = joints.min(1), np.ptp(joints, axis=1)
spread = size[:, None] * rng.choice([.01, .04, .15], (PEOPLE, 19, 1)) * rng.choice([.3, 1, 2.5], (PEOPLE, 1, 1))
drafts = joints + rng.normal(size=joints.shape) * spread
chance = rng.uniform(0, 1, (PEOPLE, 19, 1))
keypoints = np.concatenate([np.where(seen[..., None] > 0, joints, 0), seen[..., None]], 2).round(3)
truth = dict(dataset=[i % 2 for i in range(PEOPLE)], crop=[[0, 0, 1]] * PEOPLE, keypoints=keypoints.tolist(),
             bbox=np.concatenate([corner, extent], 1).round(3).tolist())
prediction = np.concatenate([drafts.round(3), chance.round(4)], 2).tolist()
values = {key: float(value) for key, value in score.score(truth, prediction).items()}
printed = {key: f'{100 * value:.1f}' for key, value in values.items()}
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'src', 'annotate', 'golden')
with open(os.path.join(folder, 'score.json'), 'w') as file:
    json.dump(dict(truth=truth, prediction=prediction, printed=printed, values=values), file)
print(' | '.join(f'{key} {value}' for key, value in printed.items()))
