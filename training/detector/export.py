"""Writes the detector as it ships, and the golden files that the app's tests compare themselves with.
    ./fast -m detector.evaluate --data DATA --weights RUN/checkpoint.pt > RUN/table.md
    ./fast -m detector.export --weights RUN/checkpoint.pt --table RUN/table.md
../public/models/detector gets weights.bin (float16), contract.json and MODEL_CARD.md; ../src/model/detector/golden gets golden.bin
(inputs as bytes, then float32 outputs) and golden.json, from the folded, rounded weights; state/detector.npz is what training goes
on from."""
import argparse
import hashlib
import json
import os
import sys

import numpy as np
import torch
from PIL import Image

from export import write_arrays, write_weights
from posecade.detector.card import write_card
from posecade.detector.confidence import load_confidence, probability
from posecade.detector.decode import people
from posecade.detector.model import INPUT, STRIDE, Detector, boxes
from posecade.detector.predict import letterbox, run
from posecade.fold import fold_norms
from posecade.model import MEAN, STD
from posecade.state import load_average, samples_seen, save_state

FLOOR = 0.2  # score of the people in the golden files


def golden_inputs(samples):
    """uint8 [2, INPUT, INPUT, 3]: two of the sample photographs that ship with the app."""
    names = sorted(n for n in os.listdir(samples) if n.endswith('.jpg'))[:2]
    return np.stack([letterbox(np.asarray(Image.open(os.path.join(samples, name)).convert('RGB')))[0] for name in names])


def write_golden(network, confidence, samples, folder):
    os.makedirs(folder, exist_ok=True)
    pixels = golden_inputs(samples)
    centre, sides = run(network, pixels)
    rows = []
    for i in range(len(pixels)):
        found, logits = people(centre[i], boxes(torch.from_numpy(sides[i:i + 1]))[0].numpy(), -8)
        scores = probability(confidence, logits)
        rows += [[i, *box, score] for box, score in zip(found, scores) if score >= FLOOR]
    arrays = dict(pixels=pixels, maps=np.concatenate([centre[..., None], sides.transpose(0, 2, 3, 1)], 3),
                  people=np.array(rows, np.float32).reshape(-1, 6), floor=np.array([FLOOR], np.float32))
    return write_arrays(arrays, os.path.join(folder, 'golden.bin'))


def main(a):
    torch.set_num_threads(1)
    network = Detector()
    load_average(a.weights, network)
    samples = samples_seen(a.weights)
    save_state(os.path.join(a.state, 'detector.npz'), {k: v for k, v in network.state_dict().items() if v.dtype.is_floating_point}, samples)
    fitted = os.path.join(a.state, 'detector-confidence.json')
    if not os.path.exists(fitted):
        sys.exit(f'{fitted} is missing: run detector.calibrate first')
    confidence = load_confidence(fitted)
    network, tensors = fold_norms(network)
    os.makedirs(a.out, exist_ok=True)
    weights = os.path.join(a.out, 'weights.bin')
    specs = write_weights(tensors, weights)
    with open(weights, 'rb') as file:
        raw = file.read()
    contract = dict(format='posecade-detector-1', input=dict(size=INPUT, mean=MEAN, std=STD), map=dict(cells=INPUT // STRIDE, stride=STRIDE),
                    confidence=confidence,
                    weights=dict(file='weights.bin', bytes=len(raw), sha256=hashlib.sha256(raw).hexdigest(),
                                 parameters=sum(t.numel() for t in tensors.values()), specs=specs))
    with open(os.path.join(a.out, 'contract.json'), 'w') as file:
        json.dump(contract, file, indent=1)
    table = 'No table was given at export.'
    if a.table:
        with open(a.table) as file:
            table = file.read().strip()
    write_card(contract, samples, table, os.path.join(a.out, 'MODEL_CARD.md'))
    entries = write_golden(network, confidence, a.samples, a.golden)
    with open(os.path.join(a.golden, 'golden.json'), 'w') as file:
        json.dump(dict(weights=contract['weights']['sha256'], arrays=entries), file, indent=1)
    print(len(raw), 'bytes,', contract['weights']['parameters'], 'parameters,', samples, 'samples')


if __name__ == '__main__':
    training = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    project = os.path.dirname(training)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--table', help='what detector.evaluate printed')
    parser.add_argument('--samples', default=os.path.join(project, 'public', 'samples'))
    parser.add_argument('--out', default=os.path.join(project, 'public', 'models', 'detector'))
    parser.add_argument('--golden', default=os.path.join(project, 'src', 'model', 'detector', 'golden'))
    parser.add_argument('--state', default=os.path.join(training, 'state'))
    main(parser.parse_args())
