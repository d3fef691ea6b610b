"""Fits the scores on images held out of training (every 40th): a box's, and, with the cascade's joints in it, a person's.
    ./fast -m detector.calibrate --weights runs/detector/checkpoint.pt --data DATA --photos PHOTOS --cache cache/detector
Writes state/detector-confidence.json. A box is right where it meets a person at IoU .5; boxes that lie in what the labels leave open
count for nothing. `least`, the score of a person who is shown, is one half, or more where more than GHOSTS of the images without people
would show somebody."""
import argparse
import json
import os
from contextlib import ExitStack

import cv2
import numpy as np
import torch

from posecade.confidence import load_confidence as load_joint_confidence
from posecade.detector.confidence import fit, probability
from posecade.detector.data import HELD_OUT, Store
from posecade.detector.decode import covered, iou
from posecade.detector.model import Detector
from posecade.detector.person import NAMES, evidence, person_score
from posecade.detector.predict import SIDE, detect
from posecade.metrics import calibration_error
from posecade.model import Cascade
from posecade.packs import Pack
from posecade.state import load_average

from .everyone import LEAST, SUGGESTION, both_passes, first_pass, poses_in
from .prepare import NOBODY, PACKS, SOURCES, fit as fit_image

FLOOR = -2.5  # logit of the boxes that count: of those below hardly any is right, and they are many
LONG = 1024  # px of an image's longer side: larger ones are reduced
LIKELY = 0.5  # score of a person who is shown: rather somebody than nobody
GHOSTS = 0.04  # share of the images without people in which somebody may be shown


class Originals:
    """The images that detector.prepare stored small, as they were."""

    def __init__(self, data, photos, stack):
        self.photos = photos
        self.packs = {name: stack.enter_context(Pack(data, name)) for name in PACKS}
        self.ids = {name: {image['file_name']: key for key, image in pack.images.items()} for name, pack in self.packs.items()}

    def image(self, source, name):
        if source in SOURCES:
            pixels = cv2.cvtColor(cv2.imread(os.path.join(self.photos, name), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        else:
            pixels = np.asarray(self.packs[source].read(self.ids[source][name]))
        return fit_image(pixels, LONG)


def held_out(store, names, originals, network, side):
    """Of each image held out: its source, itself, its boxes that count [B, 4], their logits [B], and which of them are right [B]."""
    for i in range(0, len(store.shape), HELD_OUT):
        image = originals.image(store.sources[i], names[i])
        found, logits = detect(network, image, FLOOR, side)
        boxes, person = store.boxes(i)
        boxes = boxes * (image.shape[0] / store.shape[i, 1])
        hit = iou(found, boxes[person == 1]).max(1, initial=0) >= 0.5
        counts = hit | (covered(found, boxes[person == 0]) < 0.5)
        yield store.sources[i], image, found[counts], logits[counts], hit[counts]


def fit_boxes(images):
    """{slope, offset}"""
    logits, hits = (np.concatenate([image[k] for image in images]) for k in (3, 4))
    slope, offset = fit(logits[:, None], hits.astype(float))
    confidence = dict(slope=round(float(slope), 4), offset=round(float(offset), 4))
    print(confidence, len(logits), 'boxes,', int(hits.sum()), 'right, calibration error',
          round(100 * calibration_error(probability(confidence, logits), hits.astype(float)), 1))
    return confidence


def fit_score(features, hits, owner, images):
    """The fit of person.py, and `least`. owner: the number of the image that each row of features belongs to."""
    features, hits, owner = np.stack(features), np.array(hits, float), np.array(owner)
    person = {name: round(float(value), 4) for name, value in zip(NAMES, fit(features, hits))}
    scores = person_score(person, features)
    empty = [scores[owner == k].max(initial=0) for k, image in enumerate(images) if SOURCES.get(image[0], (0, 0))[1] == NOBODY]
    person['least'] = max(LIKELY, round(float(np.quantile(empty, 1 - GHOSTS)), 3))
    shown = scores >= person['least']
    print(person, len(hits), 'boxes, calibration error', round(100 * calibration_error(scores, hits), 1),
          f'shown: {100 * shown[hits == 1].mean():.1f}% of the right ones; of those shown {100 * hits[shown].mean():.1f}% are right; '
          f'somebody in {100 * (np.array(empty) >= person["least"]).mean():.1f}% of the images without people')
    return person


def fit_people(images, confidence, cascade, joint_confidence):
    """The fits after one pass and after a flip test."""
    worth = [probability(confidence, logits) >= LEAST for _, _, _, logits, _ in images]
    chances = [probability(confidence, image[3])[w] for image, w in zip(images, worth)]
    boxes, hits = ([image[k][w] for image, w in zip(images, worth)] for k in (2, 4))
    poses = [poses_in(cascade, joint_confidence, image[1], some) for image, some in zip(images, boxes)]
    rows = [(evidence(*box), hit, k) for k, several in enumerate(zip(chances, boxes, poses)) for box, hit in zip(zip(*several), hits[k])]
    person = fit_score(*zip(*rows), images)

    rows = []
    for k, (_, image, *_) in enumerate(images):
        people = [p for p in first_pass(person, boxes[k], chances[k], poses[k]) if p['score'] >= SUGGESTION]
        mirrored = poses_in(cascade, joint_confidence, image, [p['box'] for p in people], mirrored=True)
        right = {tuple(box): hit for box, hit in zip(boxes[k], hits[k])}
        rows += [(both_passes(p, other)[1], right[tuple(p['box'])], k) for p, other in zip(people, mirrored)]
    return dict(person=person, flipTest=fit_score(*zip(*rows), images))


def main(a):
    torch.set_num_threads(1)
    network, cascade = Detector(), Cascade()
    load_average(a.weights, network)
    load_average(a.cascade, cascade)
    network.eval()
    cascade.eval()
    store, names = Store(a.cache), np.load(os.path.join(a.cache, 'images.npz'))['name']
    with ExitStack() as stack:
        images = list(held_out(store, names, Originals(a.data, a.photos, stack), network, a.side))
    confidence = fit_boxes(images)
    confidence.update(fit_people(images, confidence, cascade, load_joint_confidence(a.joints)))
    with open(a.out, 'w') as file:
        json.dump(confidence, file)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='state/detector.npz')
    parser.add_argument('--cascade', default='state/state.npz')
    parser.add_argument('--joints', default='state/confidence.json')
    parser.add_argument('--data', required=True)
    parser.add_argument('--photos', required=True)
    parser.add_argument('--cache', default='cache/detector')
    parser.add_argument('--side', type=int, default=SIDE, help='of the square that the network sees, to try others')
    parser.add_argument('--out', default='state/detector-confidence.json')
    main(parser.parse_args())
