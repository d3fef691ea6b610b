"""Sorts the limb joints of a prediction file by kind of error and draws the people who suffer most from each.
    python3 -m research.failures work/val/box work/val/box/pred-torch-fine.json --out work/failures
Kinds, for each labelled joint: good (within 0.1 torso), near (0.1 to 0.3), swap (within 0.2 of the joint's mirror twin), part (within 0.2
of another joint of the person), far (anything else: another person, the background). Prints their shares; writes a sheet a kind.
The sheets show photographs of the data sets: they are never committed."""
import argparse
import json
import os

import cv2
import numpy as np

from evaluation.score import TORSO
from evaluation.truth import load_truth
from posecade.skeleton import LEFT_SHOULDER, LIMBS, MIRROR, RIGHT_HIP

KINDS = ('good', 'near', 'swap', 'part', 'far')
EDGES = ((5, 7), (7, 9), (6, 8), (8, 10), (5, 6), (11, 12), (5, 11), (6, 12), (11, 13), (13, 15), (12, 14), (14, 16))
COLUMNS, ROWS = 8, 4


def kind_of(point, joints, j, torso):
    distance = np.linalg.norm(joints[:, :2] - point, axis=1) / torso
    distance[joints[:, 2] == 0] = np.inf
    if distance[j] < 0.1:
        return 'good'
    if distance[j] < 0.3:
        return 'near'
    if distance[MIRROR[j]] < 0.2:
        return 'swap'
    return 'part' if distance.min() < 0.2 else 'far'


def classify(truth, people):
    """Kind of each person's limb joints: list of {joint: kind} (None where the torso is not labelled)."""
    rows = []
    for joints, (x0, y0, k), person in zip(truth['keypoints'], truth['crop'], people):
        joints = np.array(joints, float)
        joints[:, :2] = (joints[:, :2] - (x0, y0)) / k
        torso = np.linalg.norm(joints[LEFT_SHOULDER, :2] - joints[RIGHT_HIP, :2])
        whole = joints[LEFT_SHOULDER, 2] > 0 and joints[RIGHT_HIP, 2] > 0 and torso * k > TORSO
        rows.append({j: kind_of(np.array(person[j][:2]), joints, j, torso) for j in LIMBS if joints[j, 2] > 0} if whole else None)
    return rows


def draw(crop, person):
    tile = crop.copy()
    for a, b in EDGES:
        colour = (255, 120, 40) if a % 2 and b % 2 else (60, 200, 255) if not (a % 2 or b % 2) else (230, 230, 230)
        cv2.line(tile, tuple(int(v) for v in person[a][:2]), tuple(int(v) for v in person[b][:2]), colour, 2, cv2.LINE_AA)
    return tile


def main(a):
    truth = load_truth(a.folder)
    with open(a.prediction) as file:
        people = json.load(file)
    crops = np.memmap(os.path.join(a.folder, 'crops.u8'), np.uint8, 'r').reshape(-1, truth['size'], truth['size'], 3)
    rows, data = classify(truth, people), np.array(truth['dataset'])
    os.makedirs(a.out, exist_ok=True)
    for number, name in enumerate(('coco', 'lspet')):
        mine = [i for i in range(len(rows)) if data[i] == number and rows[i]]
        kinds = [kind for i in mine for kind in rows[i].values()]
        print(name, ' '.join(f'{kind} {100 * kinds.count(kind) / len(kinds):.1f}' for kind in KINDS))
        for kind in KINDS[1:]:
            worst = sorted(mine, key=lambda i: -sum(k == kind for k in rows[i].values()))[:COLUMNS * ROWS]
            tiles = [draw(crops[i], people[i]) for i in worst]
            sheet = np.vstack([np.hstack(tiles[r * COLUMNS:(r + 1) * COLUMNS]) for r in range(ROWS)])
            cv2.imwrite(os.path.join(a.out, f'{name}-{kind}.jpg'), sheet[:, :, ::-1])


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('prediction')
    parser.add_argument('--out', default='work/failures')
    main(parser.parse_args())
