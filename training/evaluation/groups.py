"""Does it work equally well for everybody? The figures of a prediction file, by what can be told about a person without naming them.
    python3 -m evaluation.groups work/val/box PRED.json [--out groups.json]
The folder was written by evaluation.crops. Prints a row for each group; --out writes them in percent, for export.py's model card. Groups
overlap; a data set's figures are left out where it has fewer than LEAST people in a group. The torso is that between the labelled
shoulders and hips."""
import argparse
import json
import os

import numpy as np

from evaluation.score import row, score
from evaluation.truth import load_truth

LEAST = 20  # people
SHOULDERS, HIPS = (5, 6), (11, 12)
LARGE, MEDIUM = 256, 144  # pixels of the box's longer side
CROWDED = 0.2  # of the box, covered by another person's box
DARK = 60  # of 255, mean of the crop's pixels inside the image
SIDEWAYS = 0.3  # width of the shoulders over the torso's length
LYING = 60  # degrees from upright, and less than as many from upside down


def torsos(keypoints):
    """Angle from upright in degrees [n], and the shoulders' signed width over the torso's length [n] (negative: seen from behind); NaN where
    a shoulder or a hip is not labelled."""
    joints = np.array(keypoints, float)
    known = (joints[:, [*SHOULDERS, *HIPS], 2] > 0).all(1)
    up = joints[:, SHOULDERS, :2].mean(1) - joints[:, HIPS, :2].mean(1)
    across = joints[:, 5, :2] - joints[:, 6, :2]  # to the person's left
    length = np.maximum(np.linalg.norm(up, axis=1), 1)
    angle = np.degrees(np.arccos(np.clip(-up[:, 1] / length, -1, 1)))
    width = (up[:, 0] * across[:, 1] - up[:, 1] * across[:, 0]) / length ** 2
    return np.where(known, angle, np.nan), np.where(known, width, np.nan)


def groups(truth, brightness):
    """{group: [n] whether a person is in it}. brightness [n]: see brightness_of."""
    side = np.array(truth['bbox'])[:, 2:].max(1)
    angle, width = torsos(truth['keypoints'])
    upright = angle < LYING
    return {
        'everybody': np.ones(len(side), bool),
        f'large (box of {LARGE} px and more)': side >= LARGE,
        'medium': (side >= MEDIUM) & (side < LARGE),
        f'small (under {MEDIUM} px)': side < MEDIUM,
        'cut off by the edge of the image': np.array(truth['cut']),
        f'crowded (another box covers {CROWDED:.0%})': np.array(truth['overlap']) >= CROWDED,
        'dark': brightness < DARK,
        'upright, from the front': upright & (width >= SIDEWAYS),
        'upright, from the side': upright & (abs(width) < SIDEWAYS),
        'upright, from behind': upright & (width <= -SIDEWAYS),
        'lying or leaning far': (angle >= LYING) & (angle <= 180 - LYING),
        'upside down': angle > 180 - LYING,
    }


def brightness_of(crop):
    """Mean 0..255 of a crop [S, S, 3]; what is black lies outside the image."""
    inside = crop[crop.any(2)]
    return float(inside.mean()) if len(inside) else 0.0


def table(truth, people, brightness):
    """{group: {data set: {'people': n, figure: share}}}, for data sets with LEAST people and more in a group."""
    rows, dataset = {}, np.array(truth['dataset'])
    for name, members in groups(truth, brightness).items():
        for number, pack in enumerate(('coco', 'lspet')):
            index = np.flatnonzero(members & (dataset == number))
            if len(index) >= LEAST:
                figures = score(truth, dict(index=index.tolist(), people=[people[i] for i in index]))
                rows.setdefault(name, {})[pack] = dict(people=len(index), **figures)
    return rows


def main(folder, prediction, out):
    truth = load_truth(folder)
    with open(prediction) as file:
        people = json.load(file)
    crops = np.memmap(os.path.join(folder, 'crops.u8'), np.uint8, 'r').reshape(truth['n'], truth['size'], truth['size'], 3)
    rows = table(truth, people, np.array([brightness_of(crop) for crop in crops]))
    percent = {}
    for name, packs in rows.items():
        for pack, figures in packs.items():
            count = figures.pop('people')
            print(f'{name}: {count} people |', row(figures))
            percent.setdefault(name, {})[pack] = dict(people=count, **{key: round(100 * float(value), 1) for key, value in figures.items()})
    if out:
        with open(out, 'w') as file:
            json.dump(percent, file, indent=1)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('prediction')
    parser.add_argument('--out')
    main(**vars(parser.parse_args()))
