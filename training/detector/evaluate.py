"""How many people the detector finds, and how often it finds somebody where nobody is.
    ./fast -m detector.evaluate --data DATA --weights work/detector-run/checkpoint.pt [--out FILE]
    ./fast -m detector.evaluate --data DATA --boxes BOXES.json      another detector's boxes, the same figures

For several scores it prints: the share of coco-val's people, of at least 80 px (longer side of the box) and 8 joints, whom a box meets at
IoU .5 and at .75; the share of boxes of at least 80 px that meet nobody listed (many of them are people whom the pack does not list); and
the share of nobody-val's images in which somebody is found. The last row is the lowest score at which at most 16% of those boxes are
unmatched. BOXES.json: {pack: [per image [x0, y0, x1, y1, score], px of the pack's image]}. --out writes the detector's own in this form."""
import argparse
import json

import numpy as np
import torch

from posecade.detector.confidence import load_confidence, probability
from posecade.detector.decode import iou
from posecade.detector.model import Detector
from posecade.detector.predict import detect
from posecade.packs import Pack, joints_of
from posecade.skeleton import COCO_COUNT
from posecade.state import load_average

SCORES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
LARGE, JOINTS = 80, 8
ALLOWED = 16  # percent of unmatched boxes at which detectors are compared


def images(data, name):
    """Image (uint8 [H, W, 3]) and annotations of each image of a pack."""
    with Pack(data, name) as pack:
        for image in pack.images:
            yield np.asarray(pack.read(image)), pack.people_in(image)


def corners(annotation):
    x, y, w, h = annotation['bbox']
    return x, y, x + w, y + h


def match(boxes, truth, overlap):
    """Which people [T] a box meets, each box at most one; boxes best first."""
    met, matrix = np.zeros(len(truth), bool), iou(boxes, truth)
    for row in matrix:
        free = np.where(met, 0, row)
        if len(free) and free.max() >= overlap:
            met[free.argmax()] = True
    return met


def figures(found, truth, empty, score):
    """found, empty: per image [K, 5]; truth: per image (boxes [T, 4], large [T])."""
    large = met = close = shown = unmatched = 0
    for boxes, (people, counts) in zip(found, truth):
        boxes = boxes[boxes[:, 4] >= score]
        large += counts.sum()
        if not len(boxes):
            continue
        met += match(boxes[:, :4], people, 0.5)[counts].sum()
        close += match(boxes[:, :4], people, 0.75)[counts].sum()
        big = (boxes[:, 2:4] - boxes[:, :2]).max(1) >= LARGE
        shown += big.sum()
        unmatched += (big & (iou(boxes[:, :4], people).max(1, initial=0) < 0.5)).sum()
    ghosts = np.mean([bool((boxes[:, 4] >= score).any()) for boxes in empty])
    return dict(score=score, found=round(100 * met / large, 1), close=round(100 * close / large, 1),
                unmatched=round(100 * unmatched / max(shown, 1), 1), ghosts=round(100 * ghosts, 1))


def compared(found, truth, empty):
    """figures at the lowest score, in steps of .01, at which no more than ALLOWED of the boxes are unmatched; None: at no score."""
    steps = (figures(found, truth, empty, round(score, 2)) for score in np.arange(0.05, 1, 0.01))
    return next((row for row in steps if row['unmatched'] <= ALLOWED), None)


def predictions(a):
    network = Detector()
    load_average(a.weights, network)
    network.eval()
    confidence = load_confidence(a.confidence)
    found = {}
    for pack in ('coco-val', 'nobody-val'):
        found[pack] = []
        for pixels, _ in images(a.data, pack):
            boxes, logits = detect(network, pixels)
            found[pack].append(np.column_stack([boxes, probability(confidence, logits)]).tolist())
    return found


def main(a):
    torch.set_num_threads(1)
    if a.boxes:
        with open(a.boxes) as file:
            found = json.load(file)
    else:
        found = predictions(a)
    if a.out:
        with open(a.out, 'w') as file:
            json.dump(found, file)
    truth = []
    for _, people in images(a.data, 'coco-val'):
        joints = [(joints_of(p)[:COCO_COUNT, 2] > 0).sum() for p in people]
        boxes = np.array([corners(p) for p in people]).reshape(-1, 4)
        truth.append((boxes, ((boxes[:, 2:] - boxes[:, :2]).max(1) >= LARGE) & (np.array(joints) >= JOINTS)))
    arrays = {pack: [np.array(b, float).reshape(-1, 5) for b in found[pack]] for pack in found}
    print('people:', sum(int(counts.sum()) for _, counts in truth))
    print('| score | found (.75) | unmatched | nobody-val |\n|---|---|---|---|')
    rows = [figures(arrays['coco-val'], truth, arrays['nobody-val'], score) for score in SCORES]
    last = compared(arrays['coco-val'], truth, arrays['nobody-val'])
    for f in [*rows, *([last] if last else [])]:
        print(f"| {f['score']} | {f['found']} ({f['close']}) | {f['unmatched']} | {f['ghosts']} |")


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True)
    parser.add_argument('--weights', default='state/detector.npz')
    parser.add_argument('--confidence', default='state/detector-confidence.json')
    parser.add_argument('--boxes')
    parser.add_argument('--out')
    main(parser.parse_args())
