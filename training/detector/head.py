"""Trains the person head on the detector's boxes in the images that the detector was trained on; detector and cascade stay as they are.
    ./fast -m detector.head --weights work/detector-run/checkpoint.pt --data DATA --photos PHOTOS --cache work/detector
Writes state/person-head.npz, which export.py puts among the cascade's weights. It must be repeated whenever the cascade's weights change,
because it reads their features. Prints how well each logit ranks the held-out boxes."""
import argparse
import multiprocessing
from contextlib import ExitStack

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from posecade.detector.confidence import load_confidence, probability
from posecade.detector.data import HELD_OUT, Store
from posecade.detector.head import PersonHead, verdicts
from posecade.detector.model import Detector
from posecade.run import PROCESSES
from posecade.state import load_average, samples_seen, save_state

from .candidates import Originals, candidates
from .everyone import load_passes

LEAST = 0.05  # probability of a box that the head learns from
MOST = 20  # boxes of an image, the surest first
EVERY = 2  # only every second image is used: the others would add little for the time they take
EPOCHS, BATCH, RATE, DECAY = 6, 128, 2e-3, 1e-2
MISLABELLED = 0.02  # share of the boxes


def gather(images, confidence, passes, rng):
    """images: Candidates. Returns the deepest features float16 [N, 192, 6, 6] of their boxes, for each image of either the crops or their
    mirror images at random, and targets [N, 2]: right or not, and the pose's quality (nan: not known)."""
    features, targets = [], []
    for image in images:
        image = image.where(np.flatnonzero(probability(confidence, image.logits) >= LEAST)[:MOST])
        if not len(image.boxes):
            continue
        poses, deepest = passes.look(image.image, image.boxes, mirrored=rng.random() < 0.5)
        features.append(deepest.astype(np.float16))
        targets += [(hit, np.nan if quality is None else quality)
                    for hit, quality in ((hit, image.quality_of(k, pose)) for k, (hit, pose) in enumerate(zip(image.hits, poses)))]
    return np.concatenate(features), np.array(targets, np.float32)


def train(features, targets, seed=1):
    """A person head for features and targets as gather has them."""
    torch.manual_seed(seed)
    head, rng = PersonHead(), np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    steps = EPOCHS * max(1, len(targets) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for step in range(steps):
        chosen = rng.choice(len(targets), min(BATCH, len(targets)), replace=False)
        wanted = torch.from_numpy(targets[chosen])
        known = ~wanted.isnan()
        logits = head(torch.from_numpy(features[chosen].astype(np.float32)))
        aims = wanted.nan_to_num() * torch.tensor([1 - 2 * MISLABELLED, 1]) + torch.tensor([MISLABELLED, 0])
        loss = (binary_cross_entropy_with_logits(logits, aims, reduction='none') * known).sum() / known.sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return head


def area_under_curve(scores, right):
    """How often a right one scores more than a wrong one."""
    ranks = np.argsort(np.argsort(scores))
    yes = right.sum()
    return (ranks[right].sum() - yes * (yes - 1) / 2) / (yes * (len(right) - yes))


def part(job):
    """gather on some of the images, in a process of its own."""
    a, index, seed = job
    torch.set_num_threads(1)
    network = Detector()
    load_average(a.weights, network)
    passes, store = load_passes(a.cascade, None, a.joints), Store(a.cache)
    with ExitStack() as stack:
        images = candidates(store, Originals(a.data, a.photos, stack), network.eval(), index)
        return gather(images, load_confidence(a.confidence), passes, np.random.default_rng(seed))


def main(a):
    torch.set_num_threads(1)
    index = np.arange(len(Store(a.cache).names))
    learned, held = index[index % HELD_OUT != 0][::EVERY], index[::HELD_OUT]
    jobs = [(a, some, seed) for seed, some in enumerate([held, *np.array_split(learned, 8)])]
    with multiprocessing.get_context('spawn').Pool(PROCESSES) as pool:
        (held_features, held_targets), *parts = pool.map(part, jobs, chunksize=1)
    features, targets = (np.concatenate(arrays) for arrays in zip(*parts))
    head = train(features, targets)
    found, right, known = verdicts(head, held_features), held_targets[:, 0] == 1, ~np.isnan(held_targets[:, 1])
    print(len(targets), 'boxes; of', len(right), 'held out', int(right.sum()), 'right: area under the curve', round(area_under_curve(found[:, 0], right), 3),
          'of somebody,', round(area_under_curve(found[known, 1], held_targets[known, 1] > 0), 3), 'of a pose that is right')
    save_state(a.out, head.state_dict(), samples_seen(a.cascade))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='state/detector.npz')
    parser.add_argument('--confidence', default='state/detector-confidence.json')
    parser.add_argument('--cascade', default='state/state.npz')
    parser.add_argument('--joints', default='state/confidence.json')
    parser.add_argument('--data', required=True)
    parser.add_argument('--photos', required=True)
    parser.add_argument('--cache', default='work/detector')
    parser.add_argument('--out', default='state/person-head.npz')
    main(parser.parse_args())
