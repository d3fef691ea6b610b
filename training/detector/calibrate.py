"""Fits two scores on images held out of the detector's training (every 40th): a box's and, with what the cascade and the person head see in
it, a person's. The cascade holds out other people, so it has learned from most of those in these images: the poses' quality is that of
images it knows.
    ./fast -m detector.calibrate --weights work/detector-run/checkpoint.pt --data DATA --photos PHOTOS --cache work/detector
Writes state/detector-confidence.json.

A person's score is the probability that a labelled person is in the box (IoU .5), but it also ranks people by how right their pose is
likely to be. Its features are weighted by the sum of two fits, one to which boxes are right and one to the share of OKS's steps that a
pose passes; the weighted sum is then fitted to the probability. `threshold`, the score from which a person is shown, is one half, or more if
otherwise more than GHOSTS of the images without people would show somebody."""
import argparse
import json
import os
from contextlib import ExitStack

import numpy as np
import torch

from posecade.detector.confidence import fit, probability
from posecade.detector.data import HELD_OUT, Store
from posecade.detector.model import Detector
from posecade.detector.person import NAMES, features_of, person_score
from posecade.metrics import calibration_error
from posecade.state import load_average

from .candidates import Originals, candidates
from .everyone import LEAST, SUGGESTION, both_passes, first_pass, load_passes

LIKELY = 0.5  # score of a person who is shown: rather somebody than nobody
GHOSTS = 0.045  # share of images without people that may show somebody: below the 5% allowed in use


def fit_boxes(images):
    """{slope, offset}"""
    logits, hits = (np.concatenate([getattr(image, name) for image in images]) for name in ('logits', 'hits'))
    slope, offset = fit(logits[:, None], hits.astype(float))
    confidence = dict(slope=round(float(slope), 4), offset=round(float(offset), 4))
    print(confidence, len(logits), 'boxes,', int(hits.sum()), 'right, calibration error',
          round(100 * calibration_error(probability(confidence, logits), hits.astype(float)), 1))
    return confidence


def fit_score(rows, images):
    """The fit of person.py, and `threshold`. rows: (features, right or not, the pose's quality or None, number of the image) of each box."""
    features, hits, owner = np.stack([row[0] for row in rows]), np.array([row[1] for row in rows], float), np.array([row[3] for row in rows])
    known = np.array([row[2] is not None for row in rows])
    weights = fit(features, hits) + fit(features[known], np.array([row[2] for row in rows if row[2] is not None]))
    slope, offset = fit((features @ weights[:-1] + weights[-1])[:, None], hits)
    weights = np.append(slope * weights[:-1], slope * weights[-1] + offset)
    person = {name: round(float(value), 4) for name, value in zip(NAMES, weights)}
    scores = person_score(person, features)
    empty = [scores[owner == k].max(initial=0) for k, image in enumerate(images) if image.is_empty]
    person['threshold'] = max(LIKELY, round(float(np.quantile(empty, 1 - GHOSTS)), 3))
    shown = scores >= person['threshold']
    print(person, len(hits), 'boxes, calibration error', round(100 * calibration_error(scores, hits), 1),
          f'shown: {100 * shown[hits == 1].mean():.1f}% of the right ones; of those shown {100 * hits[shown].mean():.1f}% are right; '
          f'somebody in {100 * (np.array(empty) >= person["threshold"]).mean():.1f}% of the images without people')
    return person


def fit_people(images, confidence, passes):
    """The fits after one pass and after a flip test."""
    images = [image.where(probability(confidence, image.logits) >= LEAST) for image in images]
    chances = [probability(confidence, image.logits) for image in images]
    found = [passes(image.image, image.boxes) for image in images]
    person = fit_score([(features_of(chances[k][b], verdict), image.hits[b], image.quality_of(b, pose), k)
                        for k, image in enumerate(images) for b, (pose, verdict) in enumerate(found[k])], images)
    rows = []
    for k, image in enumerate(images):
        number = {tuple(box): b for b, box in enumerate(image.boxes)}
        people = [p for p in first_pass(person, image.boxes, chances[k], found[k]) if p['score'] >= SUGGESTION]
        for p, other in zip(people, passes(image.image, [p['box'] for p in people], mirrored=True)):
            b = number[tuple(p['box'])]
            pose, features = both_passes(p, other)
            rows.append((features, image.hits[b], image.quality_of(b, pose), k))
    return dict(person=person, flipTest=fit_score(rows, images))


def main(a):
    torch.set_num_threads(1)
    network = Detector()
    load_average(a.weights, network)
    network.eval()
    passes, store = load_passes(a.cascade, a.head, a.joints), Store(a.cache)
    with ExitStack() as stack:
        originals = Originals(a.data, a.photos, stack)
        images = list(candidates(store, originals, network, range(0, len(store.names), HELD_OUT)))
    confidence = fit_boxes(images)
    confidence.update(fit_people(images, confidence, passes))
    with open(a.out, 'w') as file:
        json.dump(confidence, file)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='state/detector.npz')
    parser.add_argument('--cascade', default='state/state.npz')
    parser.add_argument('--head', default='state/person-head.npz')
    parser.add_argument('--joints', default='state/confidence.json')
    parser.add_argument('--data', required=True)
    parser.add_argument('--photos', required=True)
    parser.add_argument('--cache', default='work/detector')
    parser.add_argument('--out', default='state/detector-confidence.json')
    main(parser.parse_args())
