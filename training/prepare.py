"""Decodes the packs once into one memory map.   python3 prepare.py --data DIR --out cache/
Writes cache/pixels.u8 (all pictures end to end, RGB) and cache/people.npz (see posecade/data.py, Store)."""
import argparse
import io
import json
import os
import tarfile

import numpy as np
from PIL import Image

from posecade.skeleton import COCO_COUNT

PACKS = ('coco-train', 'lspet-train', 'studio-train', 'teacher-train')
LABELLED_ENOUGH = 8


def status_of(joints, pack):
    """Per joint: 0 says nothing (masked), 1 labelled, 2 absent. In COCO a joint without a label, on a person with 8 or more
    labels, is outside the picture or hidden beyond guessing; elsewhere a missing label says nothing."""
    status = (joints[:, 2] > 0).astype(np.uint8)
    if pack.startswith('coco') and status.sum() >= LABELLED_ENOUGH:
        status[:COCO_COUNT][status[:COCO_COUNT] == 0] = 2
    return status


def main(data, out):
    os.makedirs(out, exist_ok=True)
    columns = {key: [] for key in ('image', 'pack', 'joints', 'status', 'box', 'guessed')}
    images, offset = [], 0
    with open(os.path.join(out, 'pixels.u8'), 'wb') as pixels:
        for number, pack in enumerate(PACKS):
            with open(os.path.join(data, pack + '.json')) as file:
                notes = json.load(file)
            people = {}
            for person in notes['annotations']:
                people.setdefault(person['image_id'], []).append(person)
            with tarfile.open(os.path.join(data, pack + '.tar')) as tar:
                for image in notes['images']:
                    if image['id'] not in people:
                        continue
                    raw = tar.extractfile(image['file_name']).read()
                    array = np.asarray(Image.open(io.BytesIO(raw)).convert('RGB'))
                    pixels.write(array.tobytes())
                    for person in people[image['id']]:
                        joints = np.array(person['keypoints'], np.float32).reshape(-1, 3)
                        columns['image'].append(len(images))
                        columns['pack'].append(number)
                        columns['joints'].append(joints[:, :2])
                        columns['status'].append(status_of(joints, pack))
                        columns['box'].append(person['bbox'])
                        columns['guessed'].append(image.get('aspect') == 'guessed')
                    images.append((offset, array.shape[0], array.shape[1]))
                    offset += array.size
            print(pack, len(images), 'images,', len(columns['image']), 'people so far', flush=True)
    np.savez(os.path.join(out, 'people.npz'), images=np.array(images, np.int64), packs=np.array(PACKS),
             **{key: np.array(value) for key, value in columns.items()})


if __name__ == '__main__':
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('--data', required=True)
    arguments.add_argument('--out', default='cache')
    main(**vars(arguments.parse_args()))
