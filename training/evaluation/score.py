"""Scores prediction files: the one definition of every accuracy figure in a box, or of one person in a whole image.
    python3 -m evaluation.score DIR PRED.json ...
DIR holds truth.json (evaluation/truth.py). A prediction file is a JSON list [people][17 or 19][x, y, score] in pixels of the crop, or an object
{"index": [...], "people": [...]} that says which people of truth.json it covers; a shorter list covers the first ones.

AR          mean over OKS .50:.05:.95 of the share of people above it (COCO's people). OKS: object key point similarity of 17 joints, COCO's
            sigmas, the area taken as 0.53 of the box
PCK@t       share of the labelled limb joints (shoulders to ankles) within t torso lengths of the truth. The torso is the distance from left
            shoulder to right hip; people in whom it is not labelled or under 12 px are left out. head: neck and head_top
ECE         expected calibration error: how far the scores lie from the share of limb joints within 0.1 torso (posecade/metrics.py)"""
import argparse
import json
import os

import numpy as np

from evaluation.truth import load_truth
from posecade.metrics import calibration_error
from posecade.skeleton import COCO_COUNT, COUNT, LEFT_SHOULDER, LIMBS, RIGHT_HIP

SIGMA = np.array([.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089])
BOX_AREA = 0.53  # of a person, over the area of the box
STEPS = np.arange(.5, .96, .05)
HEAD = (17, 18)
TORSO = 12  # pixels; a shorter one is no measure
REACH = 0.1  # torsos: what a score is the probability of


def similarity(distance, labelled, area):
    """OKS: distance [..., 17] in pixels, labelled [..., 17] whether the joint counts, area [...] in square pixels -> [...]."""
    falls = np.exp(-distance ** 2 / (2 * np.asarray(area)[..., None] * (2 * SIGMA) ** 2)) * labelled
    return falls.sum(-1) / np.maximum(labelled.sum(-1), 1)


def score(truth, prediction):
    """{figure: share} of a prediction file's content against truth.json's; figures that nobody in it has are left out."""
    covers = isinstance(prediction, dict)
    people = np.array(prediction['people'] if covers else prediction, float)
    index = np.array(prediction['index']) if covers else np.arange(len(people))
    joints, box, crop, dataset = (np.array(truth[key])[index] for key in ('keypoints', 'bbox', 'crop', 'dataset'))
    count = people.shape[1]
    places = people[:, :, :2] * crop[:, None, 2:3] + crop[:, None, :2]
    error = np.linalg.norm(places - joints[:, :count, :2], axis=2)
    labelled = joints[:, :, 2] > 0
    oks = similarity(error[:, :COCO_COUNT], labelled[:, :COCO_COUNT], BOX_AREA * box[:, 2] * box[:, 3])
    torso = np.linalg.norm(joints[:, LEFT_SHOULDER, :2] - joints[:, RIGHT_HIP, :2], axis=1)
    whole = labelled[:, LEFT_SHOULDER] & labelled[:, RIGHT_HIP] & (torso > TORSO)
    figures = {}
    if (dataset == 0).any():
        coco = oks[dataset == 0]
        figures['coco AR'] = np.mean([(coco > step).mean() for step in STEPS])
        figures['coco OKS>.5'], figures['coco OKS>.75'] = (coco > .5).mean(), (coco > .75).mean()
    for number, name in enumerate(('coco', 'lspet')):
        mine = whole & (dataset == number)
        if not mine.any():
            continue
        relative = error[mine] / torso[mine, None]

        def within(reach, which):
            return (relative[:, which] < reach)[labelled[mine][:, which]].mean()

        for reach in (.05, .1, .2):
            figures[f'{name} PCK@{reach}'] = within(reach, LIMBS)
        if name == 'lspet' and count == COUNT:
            figures['lspet head PCK@0.2'] = within(.2, HEAD)
        known = labelled[mine][:, LIMBS]
        figures[f'{name} ECE'] = calibration_error(people[mine][:, LIMBS, 2][known], (relative[:, LIMBS] < REACH)[known])
    return figures


def row(figures):
    """One line of figures in percent."""
    return ' | '.join(f'{key} {100 * value:.1f}' for key, value in figures.items())


def main(folder, predictions):
    truth = load_truth(folder)
    for path in predictions:
        with open(path) as file:
            figures = score(truth, json.load(file))
        print(f'{os.path.splitext(os.path.basename(path))[0]:24s}', row(figures))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('predictions', nargs='+')
    main(**vars(parser.parse_args()))
