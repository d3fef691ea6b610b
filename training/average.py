"""The mean of several runs' averaged weights and batch-norm statistics. Runs that continue from one another lie in one basin, and the mean
of the end points of two of them is often better than either, though not after a long stage (M. Wortsman and others, "Model soups", ICML 2022; LOG.md).
    python3 average.py state/state.npz work/run/checkpoint.pt --out work/mean.npz
    python3 average.py --detector state/detector.npz work/detector-run/checkpoint.pt --out work/detector-mean.npz
The result's sample count is that of the run that has seen most."""
import argparse

import torch

from posecade.detector.model import Detector
from posecade.model import Cascade
from posecade.state import load_average, samples_seen, save_state


def main(a):
    total = {}
    for path in a.weights:
        network = Detector() if a.detector else Cascade()
        load_average(path, network)
        for key, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                total[key] = total.get(key, torch.zeros_like(value)) + value / len(a.weights)
    save_state(a.out, total, max(samples_seen(path) for path in a.weights))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('weights', nargs='+', help='checkpoint.pt of a run, or a state.npz')
    parser.add_argument('--detector', action='store_true', help="the detector's weights instead of the cascade's")
    parser.add_argument('--out', required=True)
    main(parser.parse_args())
