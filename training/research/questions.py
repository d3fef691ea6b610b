"""The paper's own questions, asked of our data at a small budget: each variant starts from the same weights and sees the same number
of samples, at a rate that falls to nothing; one process, so that several variants can run side by side.
    ./fast -m research.questions shared --state state/state.npz --cache work/cache work/val/box
Prints the variant's row for each folder (made by evaluation/crops.py), and of its coarse maps alone.
    shared      the fine stage from scratch, on features of the coarse network, which is frozen (paper, section 2)
    image       the same on crops of the image, with convolutions of its own before: 69 MMAC a person more
    joint       the fine stage from scratch on shared features, and the coarse network goes on learning with it
    dropout     everything goes on from the weights, with SpatialDropout of --dropout (paper, section 1)"""
import argparse
import copy

import cv2
import numpy as np
import torch

from evaluate import evaluate
from posecade.data import Store, empty_batch, fill
from posecade.layers import gather
from posecade.loss import losses
from posecade.model import CROP, FINE, STRIDE, Cascade, Coarse, Fine, Residual, Unit, pyramid_for_training
from posecade.state import load_state

BATCH = 16
REPORT = 200  # steps a line


class ImageToo(Coarse):
    """Hands on the image's two finer levels in place of features."""

    def forward(self, levels):
        return {**super().forward(levels), 'early': levels[0], 'late': levels[1]}


class ImageFine(Fine):
    """The fine stage on crops of the image (40 px, and 20 px of the level at half size): the early layers' kind of convolutions
    again, for every joint."""

    def __init__(self):
        super().__init__()
        self.near = torch.nn.Sequential(Unit(3, 32, 3, 2), Unit(32, 48, 3, 2), Residual(48, 24))
        self.rough = torch.nn.Sequential(Unit(3, 32, 3, 2), Unit(32, 96, 3, 2))

    def features(self, image, half, cells):
        corners = (cells - CROP // 2) * STRIDE
        return self.near(gather(image, corners, CROP * STRIDE)), self.rough(gather(half, corners // 2, CROP * STRIDE // 2))


def build(variant, state, dropout):
    """The network of a variant, with the state's weights but for a fine stage that is to start from scratch."""
    network = Cascade(dropout)
    scratch = copy.deepcopy(network.fine.state_dict())
    load_state(state, network)
    if variant != 'dropout':
        network.fine.load_state_dict(scratch)
    if variant == 'image':
        coarse = network.coarse
        network.coarse, network.fine = ImageToo(dropout=dropout), ImageFine()
        network.coarse.load_state_dict(coarse.state_dict())
    if variant in ('shared', 'image'):
        network.coarse.requires_grad_(False)
    return network.to(memory_format=torch.channels_last)


def train(network, store, weights, objective, a):
    """weights: each person's chance to be drawn; objective: called as posecade.loss.losses is."""
    rng = np.random.default_rng(5)
    pixels, points, status = batch = empty_batch(BATCH)
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=a.rate, betas=(0.9, 0.99), weight_decay=0, foreach=True)
    steps, sums = a.samples // BATCH, {}
    for step in range(steps):
        left = 1 - step / steps
        fill(rng, store, rng.choice(len(weights), BATCH, p=weights), *batch, 0.5 + 0.5 * left)
        total, parts = objective(network, pyramid_for_training(torch.from_numpy(pixels)), torch.from_numpy(points), torch.from_numpy(status), True)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimiser.param_groups[0]['lr'] = a.rate * min(1, (step + 1) / 200) * left
        optimiser.step()
        sums = {key: sums.get(key, 0) + float(value.detach()) / REPORT for key, value in parts.items()}
        if step % REPORT == REPORT - 1:
            print((step + 1) * BATCH, {key: round(value, 3) for key, value in sums.items()}, flush=True)
            sums = {}


def main(a):
    torch.set_num_threads(1)
    torch.manual_seed(5)
    cv2.setNumThreads(1)
    network = build(a.variant, a.state, a.dropout)
    store = Store(a.cache)
    train(network, store, store.weights(), losses, a)
    evaluate(network.eval(), a.folders)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('variant', choices=('shared', 'image', 'joint', 'dropout'))
    parser.add_argument('folders', nargs='+')
    parser.add_argument('--state', required=True)
    parser.add_argument('--cache', default='work/cache')
    parser.add_argument('--samples', type=int, default=20_000)
    parser.add_argument('--rate', type=float, default=1e-3)
    parser.add_argument('--dropout', type=float, default=0.1)
    main(parser.parse_args())
