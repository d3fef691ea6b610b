"""Everybody's pose in whole images: the detector's boxes, the cascade in each and in its mirror image. Writes what evaluation.everyone scores.
    ./fast -m evaluation.everyone lay DATA OUT_DIR
    ./fast -m detector.everyone OUT_DIR --out FILE.json [--every 4] [--floor 0.3]
--floor: people of a lower score are not shown; without it, those below the fitted one (detector.calibrate)."""
import argparse
import json
import os

import numpy as np
import torch
from PIL import Image

from evaluation.score import BOX_AREA, similarity
from posecade.confidence import load_confidence as load_joint_confidence, score_of
from posecade.detector.confidence import load_confidence, probability
from posecade.detector.head import PersonHead, verdicts
from posecade.detector.model import Detector
from posecade.detector.person import features_of, person_score
from posecade.detector.predict import detect
from posecade.flip import agreed
from posecade.model import INPUT, Cascade
from posecade.predict import MARGIN, run_all
from posecade.skeleton import COCO_COUNT, MIRROR
from posecade.state import load_average, load_state

LEAST = 0.1  # least probability of a box that gets a pass of the cascade
SUGGESTION = 0.2  # least score after one pass of a person who gets a second one, on the mirror image
DOUBLE = 0.5  # poses with at least this OKS are the same person's


def side_of(box):
    """Of the square crop around a box, as wide as the app takes it."""
    return max(16, MARGIN * max(box[2] - box[0], box[3] - box[1]))


def crop(image, box):
    """The square around a box: uint8 [192, 192, 3]; its corner and scale."""
    x0, y0, x1, y1 = box
    side = side_of(box)
    left, top = (x0 + x1 - side) / 2, (y0 + y1 - side) / 2
    square = Image.fromarray(image).transform((2 * INPUT, 2 * INPUT), Image.EXTENT, (left, top, left + side, top + side), Image.BILINEAR)
    return np.asarray(square.resize((INPUT, INPUT), Image.BOX)), np.array([left, top]), side / INPUT


class Passes:
    """The cascade and the person head on crops of images."""

    def __init__(self, cascade, head, joint_confidence):
        self.cascade, self.head, self.joint_confidence = cascade, head, joint_confidence

    def look(self, image, boxes, mirrored=False):
        """In each box [B, 4]: poses [B, 19][x, y, score], in px of the image, and deepest features [B, 192, 6, 6]; mirrored: as the crop's mirror
        image has them."""
        crops, corners, scales = zip(*(crop(image, box) for box in boxes))
        crops = np.stack(crops)
        out = run_all(self.cascade, np.ascontiguousarray(crops[:, :, ::-1]) if mirrored else crops, keys=('fine', 'mass', 'sharp', 'deepest'))
        points, scores = out['fine'], score_of(self.joint_confidence, out['mass'], out['sharp'])
        if mirrored:
            points, scores = np.stack([INPUT - points[..., 0], points[..., 1]], 2)[:, MIRROR], scores[:, MIRROR]
        poses = [np.column_stack([place * scale + corner, score]) for place, score, corner, scale in zip(points, scores, corners, scales)]
        return np.stack(poses), out['deepest']

    def __call__(self, image, boxes, mirrored=False):
        """(pose, verdict [2]) of each box, as look has them."""
        if not len(boxes):
            return []
        poses, deepest = self.look(image, boxes, mirrored)
        return list(zip(poses, verdicts(self.head, deepest)))


def load_passes(cascade, head, joints):
    """Of the files of the cascade's weights, the person head's (None: an untrained one) and the joints' confidence."""
    network, person = Cascade(), PersonHead()
    load_average(cascade, network)
    if head:
        load_state(head, person)
    return Passes(network.eval(), person.eval(), load_joint_confidence(joints))


def first_pass(people, boxes, chances, found):
    """People [dict(box, chance, pose, verdict, score)] by one pass in each box, each once, best first. people: the fit of their score; found:
    what Passes has."""
    return without_doubles([dict(box=box, chance=chance, pose=pose, verdict=verdict,
                                 score=float(person_score(people, features_of(chance, verdict))))
                            for box, chance, (pose, verdict) in zip(boxes, chances, found)])


def both_passes(person, mirrored):
    """A person of first_pass and what Passes has in the mirror image -> the pose of both, and the features of its score."""
    pose, verdict = mirrored
    return agreed(person['pose'], pose, side_of(person['box'])), features_of(person['chance'], (person['verdict'] + verdict) / 2)


def expected_oks(pose):
    """The OKS to expect of a pose [19][x, y, score] if it is somebody's (src/pose/oks.ts)."""
    scores = pose[:COCO_COUNT, 2]
    return (scores ** 2).sum() / max(scores.sum(), 1e-9)


def everybody(detector, passes, confidence, image, floor):
    """People of an image whose score is at least the floor: dicts of pose [19][x, y, score] and a score to rank them by, the person's times the
    OKS to expect."""
    boxes, logits = detect(detector, image)
    chances = probability(confidence, logits)
    boxes, chances = boxes[chances >= LEAST], chances[chances >= LEAST]
    people = first_pass(confidence['person'], boxes, chances, passes(image, boxes))
    people = [person for person in people if person['score'] >= SUGGESTION]
    mirrored = passes(image, [person['box'] for person in people], mirrored=True)
    tested = []
    for person, other in zip(people, mirrored):
        pose, features = both_passes(person, other)
        tested.append(dict(pose=pose, box=person['box'], score=float(person_score(confidence['flipTest'], features))))
    return [dict(pose=p['pose'].round(3).tolist(), score=round(p['score'] * expected_oks(p['pose']), 4))
            for p in without_doubles(tested) if p['score'] >= floor]


def without_doubles(people):
    """Best first; of poses that are alike, only the best. Simpler than the app's (src/pose/suppression.ts), which weights joints by their scores,
    knows exchanged sides and takes neighbours' joints away: with the detector of 1.48 M samples, everybody in whole photos has AP 39.5 here, 39.6 there (LOG.md)."""
    kept = []
    for person in sorted(people, key=lambda p: -p['score']):
        if all(alike(person, other) < DOUBLE for other in kept):
            kept.append(person)
    return kept


def area_of(box):
    """Of the person in a box, square px."""
    return BOX_AREA * (box[2] - box[0]) * (box[3] - box[1])


def alike(person, other):
    distance = np.linalg.norm(person['pose'][:COCO_COUNT, :2] - other['pose'][:COCO_COUNT, :2], axis=1)
    return similarity(distance, np.ones(COCO_COUNT), max(area_of(person['box']), area_of(other['box'])))


def main(a):
    torch.set_num_threads(1)
    detector = Detector()
    load_average(a.weights, detector)
    detector.eval()
    passes, confidence = load_passes(a.cascade, a.head, a.joints), load_confidence(a.confidence)
    with open(os.path.join(a.images, 'truth.json')) as file:
        files = json.load(file)['files']
    index = list(range(0, len(files), a.every))
    images = (np.asarray(Image.open(os.path.join(a.images, files[i])).convert('RGB')) for i in index)
    floor = confidence['flipTest']['threshold'] if a.floor is None else a.floor
    pictures = [everybody(detector, passes, confidence, image, floor) for image in images]
    with open(a.out, 'w') as file:
        json.dump(dict(index=index, pictures=pictures), file)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('images')
    parser.add_argument('--out', required=True)
    parser.add_argument('--every', type=int, default=1)
    parser.add_argument('--floor', type=float)
    parser.add_argument('--weights', default='state/detector.npz')
    parser.add_argument('--confidence', default='state/detector-confidence.json')
    parser.add_argument('--cascade', default='state/state.npz')
    parser.add_argument('--head', default='state/person-head.npz')
    parser.add_argument('--joints', default='state/confidence.json')
    main(parser.parse_args())
