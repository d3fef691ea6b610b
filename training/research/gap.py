"""Overfitting, or not enough training yet? The same figures on people of each pack that the network was trained on and on those held out
(data.HELD_OUT), in plain boxes, without augmentation.
    ./fast -m research.gap --weights work/run/checkpoint.pt --cache work/cache"""
import argparse
import functools

import numpy as np
import torch

from evaluation.score import TORSO
from evaluation.truth import LABELS, SIDE
from posecade.data import HELD_OUT, Store, box_region, sample
from posecade.model import Cascade
from posecade.predict import MARGIN, run_all
from posecade.skeleton import LEFT_SHOULDER, RIGHT_HIP, TRUNK
from posecade.state import load_average

MOST = 300  # people of a pack


def people(store, pack, held, rng):
    side, known = np.maximum(store.box[:, 2], store.box[:, 3]), store.status == 1
    torso = np.linalg.norm(store.joints[:, LEFT_SHOULDER] - store.joints[:, RIGHT_HIP], axis=1)
    trunk = known[:, TRUNK].all(1)
    counts = (known.sum(1) >= LABELS) & (side >= SIDE) & trunk & (torso > TORSO)
    ours = np.flatnonzero(counts & (store.pack == pack) & ((np.arange(len(side)) % HELD_OUT == 0) == held))
    return ours if len(ours) <= MOST else rng.choice(ours, MOST, replace=False)


def main(a):
    torch.set_num_threads(1)
    network, store, rng = Cascade().eval(), Store(a.cache), np.random.default_rng(3)
    load_average(a.weights, network)
    place = functools.partial(box_region, margin=MARGIN)
    for pack, name in enumerate(store.packs):
        for held in (False, True):
            rows = [sample(rng, store, person, 0.0, region=place) for person in people(store, pack, held, rng)]
            crops, points, status = [np.stack(column) for column in zip(*rows)]
            torso = np.linalg.norm(points[:, LEFT_SHOULDER] - points[:, RIGHT_HIP], axis=1)
            error = (np.linalg.norm(run_all(network, crops)['fine'] - points, axis=2) / torso[:, None])[status == 1]
            figures = ' / '.join(f'{100 * (error < t).mean():.1f}' for t in (0.05, 0.1, 0.2))
            print(f'{name} {"held out" if held else "trained on"}: {len(crops)} people, all joints, PCK@0.05 / 0.1 / 0.2: {figures}', flush=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--cache', default='work/cache')
    main(parser.parse_args())
