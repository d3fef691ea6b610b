"""Cuts the validation crops on which accuracy in a given box is measured.
    python3 -m evaluation.crops DATA work/val/box
    python3 -m evaluation.crops DATA work/val/jitter --jitter
A crop is the square round a person's box, 1.25 times its longer side, antialiased to 256 x 256 px, black outside the image. --jitter moves
the centre by up to 10% of the side along each axis and scales the side by 0.8 to 1.25, from a fixed seed: a rough box. Writes crops.u8
([n, 256, 256, 3] bytes, RGB) and truth.json (evaluation/truth.py)."""
import argparse
import os

import numpy as np
from PIL import Image, ImageOps

from evaluation.truth import PACKS, Truth, counts
from posecade.packs import Pack

SIZE, MARGIN = 256, 1.25
SEED, SHIFT, SCALE = 1, 0.1, (0.8, 1.25)  # of the rough boxes


def cut(image, x0, y0, side):
    """The square of a PIL image at (x0, y0) as a SIZE x SIZE image."""
    pad = int(np.ceil(max(0, -x0, -y0, x0 + side - image.width, y0 + side - image.height)))
    padded = ImageOps.expand(image, pad) if pad else image
    return padded.resize((SIZE, SIZE), Image.BICUBIC, box=(x0 + pad, y0 + pad, x0 + pad + side, y0 + pad + side))


def main(data, out, jitter=False, packs=PACKS):
    os.makedirs(out, exist_ok=True)
    rng, truth = np.random.RandomState(SEED), Truth(SIZE, margin=MARGIN)
    with open(os.path.join(out, 'crops.u8'), 'wb') as pixels:
        for name in packs:
            with Pack(data, name) as pack:
                for person in filter(counts, pack.people):
                    x, y, w, h = person['bbox']
                    side, cx, cy = max(w, h) * MARGIN, x + w / 2, y + h / 2
                    if jitter:
                        cx, cy = cx + rng.uniform(-SHIFT, SHIFT) * side, cy + rng.uniform(-SHIFT, SHIFT) * side
                        side *= rng.uniform(*SCALE)
                    x0, y0 = cx - side / 2, cy - side / 2
                    pixels.write(np.asarray(cut(pack.read(person['image_id']), x0, y0, side)).tobytes())
                    truth.add(name, pack, person, [x0, y0, side / SIZE])
    print(truth.save(out), 'people')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('data', help='folder of the packs')
    parser.add_argument('out')
    parser.add_argument('packs', nargs='*', default=PACKS)
    parser.add_argument('--jitter', action='store_true')
    main(**vars(parser.parse_args()))
