"""Lays out whole images of one person for what a user does with a photo: no box is given.
    python3 -m evaluation.images DATA work/val/images
Takes the images of coco-val and lspet-val with exactly one labelled person who counts (evaluation/truth.py). Writes 0000.png ... and
truth.json, whose crops are the images themselves."""
import argparse
import os

from evaluation.truth import PACKS, Truth, counts
from posecade.packs import Pack


def main(data, out):
    os.makedirs(out, exist_ok=True)
    truth = Truth(0, files=[])
    files = truth.columns['files']
    for name in PACKS:
        with Pack(data, name) as pack:
            for person in filter(counts, pack.people):
                if len(pack.people_in(person['image_id'])) > 1:
                    continue
                files.append(f'{len(files):04d}.png')
                pack.read(person['image_id']).save(os.path.join(out, files[-1]))
                truth.add(name, pack, person, [0, 0, 1])
    print(truth.save(out), 'images')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('data', help='folder of the packs')
    parser.add_argument('out')
    main(**vars(parser.parse_args()))
