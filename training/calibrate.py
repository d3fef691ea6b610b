"""Fits the score of a joint to the probability that it lies within 0.1 torso of the truth.
    ./fast calibrate.py --weights work/run/checkpoint.pt --cache work/cache
It uses the people held out of training (data.HELD_OUT), each in a jittered box as wide as the app takes it, and in crops that cut joints
off (an absent joint is a miss, so its score goes to zero). Writes state/confidence.json and prints the expected calibration error before
and after."""
import argparse
import functools
import json
import os

import numpy as np
import torch

from evaluation.score import REACH, TORSO
from evaluation.truth import LABELS, SIDE
from posecade.confidence import UNFITTED, fit, score_of
from posecade.data import HELD_OUT, Store, region, sample
from posecade.metrics import calibration_error
from posecade.model import Cascade
from posecade.predict import MARGIN, run_all
from posecade.skeleton import LEFT_SHOULDER, RIGHT_HIP, TRUNK
from posecade.state import load_average

VIEWS = (0.0, 0.3, 0.3, 0.5)  # strengths of the augmentation that each person is seen with
SELECTED = ('teacher-train',)  # labelled only where the teacher is sure, so easier than most: every fifth counts (sports, labelled in the same way: see LOG.md)


def held_out(store):
    people = np.arange(0, len(store.pack), HELD_OUT)
    selected = np.array([name in SELECTED for name in store.packs])[store.pack[people]]
    people = people[~selected | (np.arange(len(people)) % 5 == 0)]
    box = store.box[people]
    return people[((store.status[people] == 1).sum(1) >= LABELS) & (np.maximum(box[:, 2], box[:, 3]) >= SIDE)]


def views(store):
    """Crops, joints, status, and the torso of each in pixels of the crop."""
    rng, rows, place = np.random.default_rng(7), [], functools.partial(region, margin=MARGIN)
    for person in held_out(store):
        if not (store.status[person][TRUNK] == 1).all():
            continue
        for strength in VIEWS:
            crop, points, status = sample(rng, store, person, strength, region=place)
            torso = np.linalg.norm(points[LEFT_SHOULDER] - points[RIGHT_HIP])
            if torso > TORSO:
                rows.append((crop, points, status, torso))
    return [np.stack(column) for column in zip(*rows)]


def main(a):
    torch.set_num_threads(1)
    network = Cascade().eval()
    load_average(a.weights, network.to(a.device))
    crops, points, status, torso = views(Store(a.cache))
    out = run_all(network, crops)
    near = np.linalg.norm(out['fine'] - points, axis=2) < REACH * torso[:, None]
    hit, known = near & (status == 1), status > 0
    fitted = fit(out['mass'], out['sharp'], hit, known)
    for name, parameters in (('unfitted', UNFITTED), ('fitted', fitted)):
        score = score_of(parameters, out['mass'], out['sharp'])
        print(f'{name}: calibration error {100 * calibration_error(score[known], hit[known]):.1f},',
              f'mean score of absent joints {score[status == 2].mean():.3f}, of present ones {score[status == 1].mean():.3f}')
    with open(a.out, 'w') as file:
        json.dump(fitted, file)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--cache', default='work/cache')
    parser.add_argument('--device', default='cpu', help='cpu or cuda')
    parser.add_argument('--out', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), 'state', 'confidence.json'))
    main(parser.parse_args())
