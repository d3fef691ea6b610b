"""Scores weights on validation crops (evaluation/crops.py), as the app would cut them, and writes prediction files.
    ./fast evaluate.py --weights work/run/checkpoint.pt work/val/box work/val/jitter
Prints, per folder, the cascade and its coarse maps alone (decoded to sub-cell precision): the same weights, the same crops."""
import argparse
import json
import os

import numpy as np
import torch

from evaluation.crops import MARGIN as CROP_MARGIN
from evaluation.score import row, score
from evaluation.truth import load_truth
from posecade.confidence import load_confidence, score_of
from posecade.model import Cascade
from posecade.predict import MARGIN, run_all
from posecade.state import load_average

CONFIDENCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'state', 'confidence.json')


def evaluate(network, folders, confidence=CONFIDENCE, margin=MARGIN):
    """Prints the rows of a network in eval mode on folders that evaluation/crops.py made; returns them: 'FOLDER coarse | fine' -> figures in
    percent. margin: side of the part that the network sees, over the longer side of the box."""
    confidence, table = load_confidence(confidence), {}
    for folder in folders:
        truth, name = load_truth(folder), os.path.basename(os.path.normpath(folder))
        size = truth['size']
        crops = np.memmap(os.path.join(folder, 'crops.u8'), np.uint8, 'r').reshape(-1, size, size, 3)
        out = run_all(network, crops, margin / truth.get('margin', CROP_MARGIN))
        scores = score_of(confidence, out['mass'], out['sharp'])
        for stage in ('coarse', 'fine'):
            people = np.concatenate([out[stage], scores[..., None]], 2).round(3).tolist()
            with open(os.path.join(folder, f'pred-torch-{stage}.json'), 'w') as file:
                json.dump(people, file)
            figures = score(truth, people)
            print(f'{name} {stage}: {row(figures)}', flush=True)
            table[f'{name} {stage}'] = {key: round(100 * float(value), 1) for key, value in figures.items()}
    return table


def main(a):
    torch.set_num_threads(1)
    network = Cascade().eval()
    load_average(a.weights, network.to(a.device))
    table = evaluate(network, a.folders, a.confidence, a.margin)
    if a.out:
        with open(a.out, 'w') as file:
            json.dump(table, file, indent=1)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folders', nargs='+')
    parser.add_argument('--weights', required=True, help='checkpoint.pt of a run, or training/state/state.npz')
    parser.add_argument('--confidence', default=CONFIDENCE)
    parser.add_argument('--margin', type=float, default=MARGIN, help='side of the crop over the longer side of the box')
    parser.add_argument('--out', help='write the table as JSON, for export.py')
    parser.add_argument('--device', default='cpu', help='cpu or cuda')
    main(parser.parse_args())
