"""Fits the score to be the probability that a person is there, on images held out of training (every 40th).
    ./fast -m detector.calibrate --weights runs/detector/checkpoint.pt --cache cache/detector
Writes state/detector-confidence.json. A box is right where it meets a person at IoU .5; boxes that lie in what the labels leave open
count for nothing."""
import argparse
import json

import numpy as np
import torch

from posecade.detector.confidence import fit, probability
from posecade.detector.data import HELD_OUT, Store
from posecade.detector.decode import covered, iou
from posecade.detector.model import Detector
from posecade.detector.predict import detect
from posecade.metrics import calibration_error
from posecade.state import load_average

FLOOR = -2.5  # logit of the boxes that count: of those below hardly any is right, and they are many


def main(a):
    torch.set_num_threads(1)
    network = Detector()
    load_average(a.weights, network)
    network.eval()
    store = Store(a.cache)
    logits, hits = [], []
    for i in range(0, len(store.shape), HELD_OUT):
        found, values = detect(network, np.ascontiguousarray(store.image(i)), FLOOR)
        boxes, person = store.boxes(i)
        known, unsure = boxes[person == 1], boxes[person == 0]
        hit = iou(found, known).max(1, initial=0) >= 0.5
        counts = hit | (covered(found, unsure) < 0.5)
        logits += list(values[counts])
        hits += list(hit[counts])
    logits, hits = np.array(logits), np.array(hits, float)
    confidence = fit(logits, hits)
    with open(a.out, 'w') as file:
        json.dump(confidence, file)
    print(confidence, len(logits), 'boxes,', int(hits.sum()), 'right, calibration error',
          round(100 * calibration_error(probability(confidence, logits), hits), 1))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='state/detector.npz')
    parser.add_argument('--cache', default='cache/detector')
    parser.add_argument('--out', default='state/detector-confidence.json')
    main(parser.parse_args())
