"""Everybody in whole images, and nobody where nobody is: the protocol for finding people.
    python3 -m evaluation.everyone lay DATA work/val/everyone             images (PNG) of coco-val and nobody-val, and truth.json
    python3 -m evaluation.everyone score work/val/everyone PRED.json ...  a row for each prediction file

A prediction file is a list in the order of truth.json's files, or {"index": [...], "pictures": [...]} for some of them; per image a list of
people {"pose": [17 or 19][x, y, score], "score": number}, in pixels of the image: everybody whom the app would show, and nobody else.

AP, AP50, AR    COCO's key point figures over OKS .50:.05:.95, at most 20 people an image, 17 joints. People without labelled joints are in
                no list, so all figures are a little low, for every model alike
found           of the people at least 80 px high and with 8 labelled joints or more, the share with a prediction of OKS > .5
doubled         predictions of OKS > .5 with somebody who is found already, an image
invented        predictions of OKS < .1 with everybody, an image
ghosts          share of the images without people in which somebody is shown"""
import argparse
import json
import os
from dataclasses import dataclass, field

import numpy as np

from evaluation.score import BOX_AREA, STEPS, row, similarity
from evaluation.truth import LABELS, load_truth
from posecade.packs import Pack, joints_of
from posecade.skeleton import COCO_COUNT

PACKS = ('coco-val', 'nobody-val')
MOST = 20  # predictions an image
HEIGHT = 80  # pixels of a person who is to be found
SAME, APART = .5, .1  # OKS above which a prediction is a person, and below which it is nobody


def lay(data, out):
    os.makedirs(out, exist_ok=True)
    truth = dict(files=[], people=[])
    for name in PACKS:
        with Pack(data, name) as pack:
            for image in pack.images:
                truth['files'].append(f"{len(truth['files']):04d}.png")
                pack.read(image).save(os.path.join(out, truth['files'][-1]))
                truth['people'].append([{key: person[key] for key in ('keypoints', 'bbox')} for person in pack.people_in(image)])
    with open(os.path.join(out, 'truth.json'), 'w') as file:
        json.dump(truth, file)
    print(len(truth['files']), 'images,', sum(map(len, truth['people'])), 'people')


def similarities(poses, people):
    """OKS of each prediction with each labelled person: [predictions, people]."""
    if not poses or not people:
        return np.zeros((len(poses), len(people)))
    places = np.array([np.array(pose['pose'], float)[:COCO_COUNT, :2] for pose in poses])
    joints = np.array([joints_of(person)[:COCO_COUNT] for person in people], float)
    area = np.array([BOX_AREA * person['bbox'][2] * person['bbox'][3] for person in people])
    return similarity(np.linalg.norm(places[:, None] - joints[None, :, :, :2], axis=3), joints[None, :, :, 2] > 0, area[None])


def matches(oks):
    """Greedy, the surest prediction first: which predictions match a person of their own at each step of STEPS. [predictions, steps]."""
    hits = np.zeros((len(oks), len(STEPS)), bool)
    for number, step in enumerate(STEPS):
        free = set(range(oks.shape[1]))
        for prediction, values in enumerate(oks):
            best = max(free, key=lambda person: values[person], default=None)
            if best is not None and values[best] >= step:
                free.discard(best)
                hits[prediction, number] = True
    return hits


def precision_and_recall(scores, hits, total):
    """AP at each step (COCO's 101 points) and the recall reached, each [steps]. scores [predictions], hits [predictions, steps]."""
    hits = hits[np.argsort(-scores, kind='mergesort')]
    found = np.cumsum(hits, 0)
    precision = found / np.arange(1, len(hits) + 1)[:, None]
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    average, recall = np.zeros(len(STEPS)), np.zeros(len(STEPS))
    for step in range(len(STEPS) if len(hits) else 0):
        at = np.searchsorted(found[:, step] / max(total, 1), np.linspace(0, 1, 101))
        average[step] = np.mean([precision[a, step] if a < len(precision) else 0 for a in at])
        recall[step] = found[-1, step] / max(total, 1)
    return average, recall


@dataclass
class Counts:
    people: int = 0
    large: int = 0
    found: int = 0
    doubled: int = 0
    invented: int = 0
    occupied: int = 0
    empty: int = 0
    ghosts: int = 0
    scores: list = field(default_factory=list)
    hits: list = field(default_factory=list)

    def add(self, people, poses):
        """An image's people and predictions."""
        poses = sorted(poses, key=lambda pose: -pose['score'])[:MOST]
        if not people:
            self.empty += 1
            self.ghosts += bool(poses)
            return
        self.occupied += 1
        self.people += len(people)
        large = [i for i, person in enumerate(people) if person['bbox'][3] >= HEIGHT and (joints_of(person)[:, 2] > 0).sum() >= LABELS]
        self.large += len(large)
        if not poses:
            return
        oks = similarities(poses, people)
        self.scores += [pose['score'] for pose in poses]
        self.hits.append(matches(oks))
        self.found += int((oks[:, large].max(0) > SAME).sum())
        nearest, most = oks.argmax(1), oks.max(1)
        same = nearest[most > SAME]
        self.doubled += len(same) - len(set(same))
        self.invented += int((most < APART).sum())

    def figures(self):
        hits = np.concatenate([*self.hits, np.zeros((0, len(STEPS)), bool)])
        average, recall = precision_and_recall(np.array(self.scores), hits, self.people)
        return {'AP': average.mean(), 'AP50': average[0], 'AR': recall.mean(), f'found of {self.large}': self.found / max(self.large, 1),
                'doubled an image': self.doubled / max(self.occupied, 1), 'invented an image': self.invented / max(self.occupied, 1),
                f'ghosts of {self.empty}': self.ghosts / max(self.empty, 1)}


def score(truth, prediction):
    """{figure: share} of a prediction file's content against truth.json's."""
    covers, counts = isinstance(prediction, dict), Counts()
    images = prediction['pictures'] if covers else prediction
    for i, poses in zip(prediction['index'] if covers else range(len(images)), images):
        counts.add(truth['people'][i], poses)
    return counts.figures()


def print_scores(folder, predictions):
    truth = load_truth(folder)
    for path in predictions:
        with open(path) as file:
            print(f'{os.path.splitext(os.path.basename(path))[0]:24s}', row(score(truth, json.load(file))))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(required=True)
    task = tasks.add_parser('lay')
    task.add_argument('data', help='folder of the packs')
    task.add_argument('out')
    task.set_defaults(run=lay)
    task = tasks.add_parser('score')
    task.add_argument('folder')
    task.add_argument('predictions', nargs='+')
    task.set_defaults(run=print_scores)
    arguments = vars(parser.parse_args())
    arguments.pop('run')(**arguments)
