"""The bake-off: designs of the network and of its training from scratch, one change at a time, on the same number of samples at a
rate that falls to nothing; one process each, so that two can run side by side.
    ./fast -m research.bakeoff once --cache work/cache work/val/box
Prints the run's loss, and its row for each folder (made by evaluation/crops.py) and of its coarse maps alone.
    base        what the long run trains
    squared     squared error of sigmoid maps, cells near the joint weighing ten times as much (paper, section 2), for cross-entropy
    both        cross-entropy and 0.3 times that
    once        no first maps fed back: the context path sees the summed banks alone
    bank        no context path: its parameters go into the coarsest bank, seven residual blocks more at 6 x 6 cells
    wide        input 256, coarse maps of 32 x 32 cells, banks narrower to come to the same multiply-accumulates
    crops       fine crops of 7 x 7 coarse cells for 5 x 5 (twice the fine stage's cost)
    people      packs weigh as many as their people are"""
import argparse

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from posecade import model

VARIANTS = ('base', 'squared', 'both', 'once', 'bank', 'wide', 'crops', 'people')
SEED = 11


def resize(variant):
    """Sizes are constants that other modules take by name, so they change before those are loaded."""
    if variant == 'wide':
        model.INPUT, model.COARSE = 256, 32
    if variant == 'crops':
        model.CROP, model.FINE = 7, 14


class Once(model.Coarse):
    def forward(self, levels):
        early0, bank0 = self.bank0(levels[0])
        early1, bank1 = self.bank1(levels[1])
        banks = self.dropout(model.up_add(bank0, model.up_add(bank1, self.bank2(levels[2])[1])))
        seen, deepest = self.context(banks)
        maps = self.maps(self.head(seen).float())
        return dict(first=maps, maps=maps, early=early0, late=torch.cat([early1, self.lateral(seen)], 1), deepest=deepest)


class NoContext(nn.Module):
    def forward(self, x):
        return x, x


class Narrow(model.Bank):
    """24 and 40 channels where a bank has 32 and 48; the last unit brings the early features to the width that the fine stage takes."""

    def __init__(self, width, inner, depth, out):
        super().__init__(width, inner, depth, out)
        self.early = nn.Sequential(model.Unit(3, 16, 3, 2), model.Unit(16, 32, 3, 2), model.Unit(32, 48, 1))


def build(variant):
    network = model.Cascade(dropout=0)
    if variant == 'once':
        network.coarse = Once(dropout=0)
    if variant == 'bank':
        network.coarse.context = NoContext()
        network.coarse.bank2 = model.Bank(192, 64, 10, 96)
    if variant == 'wide':
        coarse = network.coarse
        coarse.bank0, coarse.bank1 = Narrow(64, 24, 1, 96), Narrow(96, 32, 2, 96)
        coarse.context.mix0 = model.Residual(96, 16)
    return network.to(memory_format=torch.channels_last)


def squared(logits, target, counts):
    """Sum over cells of the squared error against Gaussians of height 1, mean over the joints that count."""
    error = (torch.sigmoid(logits.float().flatten(2)) - target) ** 2 * (1 + 9 * target)
    return (error.sum(2) * counts).sum() / counts.sum().clamp(min=1)


def objective(variant):
    """The loss of a variant, called as posecade.loss.losses is."""
    from posecade import loss
    from posecade.codec import encode
    if variant not in ('squared', 'both'):
        return loss.losses
    entropy, square = (0, 1) if variant == 'squared' else (1, 0.3)

    def mixed(network, levels, points, status, with_fine):
        out = network.coarse(levels)
        target = encode(points / model.STRIDE, model.COARSE).flatten(2)
        target = target / target.amax(2, keepdim=True) * (status == 1)[..., None]
        parts = {key: entropy * loss.coarse_loss(out[name], points, status) + square * squared(out[name], target, (status > 0).float())
                 for key, name in (('first', 'first'), ('coarse', 'maps'))}
        total = loss.FIRST * parts['first'] + parts['coarse']
        if with_fine:
            cells = loss.fine_cells(out['maps'].detach().float(), points, status)
            local = points / model.FINE_STRIDE - (cells * 2 - 2 * (model.CROP // 2))
            inside = ((local > 0) & (local < model.FINE)).all(-1) & (status == 1)
            target = encode(local, model.FINE).flatten(2)
            target = target / target.amax(2, keepdim=True)
            logits = network.fine(out['early'], out['late'], out['maps'], cells)
            parts['fine'] = entropy * loss.fine_loss(logits, network.fine.sharpness, cells, points, status) \
                + square * squared(logits, target, inside.float())
            total = total + loss.LAMBDA * parts['fine']
        return total, parts

    return mixed


def main(a):
    resize(a.variant)
    from budget import count
    from evaluate import evaluate
    from posecade.data import Store
    from research.questions import train
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    cv2.setNumThreads(1)
    network, store = build(a.variant), Store(a.cache)
    macs = sum(count(network.eval()).values())
    print(f'{a.variant}: {macs / 1e6:.0f} MMAC, {sum(p.numel() for p in network.parameters()) / 1e6:.2f} M parameters', flush=True)
    weights = store.weights()
    if a.variant == 'people':
        usable = weights > 0
        for number in range(len(store.packs)):
            mine = store.pack == number
            weights[mine] *= (usable & mine).sum() / usable.sum() / weights[mine].sum()
    train(network.train(), store, weights, objective(a.variant), a)
    evaluate(network.eval(), a.folders)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('variant', choices=VARIANTS)
    parser.add_argument('folders', nargs='+')
    parser.add_argument('--cache', default='work/cache')
    parser.add_argument('--samples', type=int, default=16_000)
    parser.add_argument('--rate', type=float, default=2e-3)
    main(parser.parse_args())
