"""Scores weights on validation crops (made by crops.py) and writes prediction files for score.py.
    python3 evaluate.py --weights runs/main/checkpoint.pt --tools TOOLS val/box val/jitter
Prints, per folder, the cascade and the coarse maps alone (sub-cell decoded): the same weights, the same crops."""
import argparse
import importlib.util
import json
import os

import numpy as np
import torch

from posecade.confidence import load_confidence, score_of
from posecade.model import Cascade
from posecade.predict import run_all
from posecade.state import load_average

CONFIDENCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'state', 'confidence.json')


def load_tool(folder, name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(folder, name + '.py'))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate(network, folders, tools, confidence=CONFIDENCE):
    """Prints the rows of a network in eval mode on folders made by crops.py; returns them: 'FOLDER coarse | fine' -> figures in percent."""
    tool, confidence = load_tool(tools, 'score'), load_confidence(confidence)
    table = {}
    for folder in folders:
        with open(os.path.join(folder, 'truth.json')) as file:
            truth = json.load(file)
        size = truth['size']
        crops = np.memmap(os.path.join(folder, 'crops.u8'), np.uint8, 'r').reshape(-1, size, size, 3)
        out = run_all(network, crops)
        score = score_of(confidence, out['mass'], out['sharp'])
        for name in ('coarse', 'fine'):
            people = np.concatenate([out[name], score[..., None]], 2).round(3).tolist()
            with open(os.path.join(folder, f'pred-torch-{name}.json'), 'w') as file:
                json.dump(people, file)
            figures = tool.score(truth, people)
            row = ' | '.join(f'{k} {100 * v:.1f}' for k, v in figures.items())
            print(f'{os.path.basename(os.path.normpath(folder))} {name}: {row}', flush=True)
            table[f'{os.path.basename(os.path.normpath(folder))} {name}'] = {k: round(100 * float(v), 1) for k, v in figures.items()}
    return table


def main(a):
    torch.set_num_threads(a.threads)
    network = Cascade().eval()
    load_average(a.weights, network)
    table = evaluate(network, a.folders, a.tools, a.confidence)
    if a.out:
        with open(a.out, 'w') as file:
            json.dump(table, file, indent=1)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folders', nargs='+')
    parser.add_argument('--weights', required=True, help='checkpoint.pt of a run, or training/state/state.npz')
    parser.add_argument('--tools', required=True, help='folder of score.py')
    parser.add_argument('--confidence', default=CONFIDENCE)
    parser.add_argument('--out', help='write the table as JSON, for export.py')
    parser.add_argument('--threads', type=int, default=1)
    main(parser.parse_args())
