"""Decodes the packs once into one memory map, and merges the teacher's labels.   python3 prepare.py --data DIR --out cache/
Writes cache/pixels.u8 (all images end to end, RGB) and cache/people.npz (see posecade/data.py, Store). Packs in TAUGHT get
the teacher's joints, too, as posecade/teacher.py says."""
import argparse
import os

import numpy as np

from posecade.packs import Pack, joints_of
from posecade.skeleton import COCO_COUNT
from posecade.teacher import load_labels, merge

PACKS = ('coco-train', 'lspet-train', 'studio-train', 'teacher-train')
TAUGHT = {'lspet-train': 'lspet-t4.npz'}  # label files in training/labels
LABELLED_ENOUGH = 8
LABELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'labels')


def status_of(joints, pack):
    """Per joint: 0 says nothing (masked), 1 labelled, 2 absent. In COCO a joint without a label, on a person with 8 or more
    labels, is outside the image or hidden beyond guessing; elsewhere a missing label says nothing."""
    status = (joints[:, 2] > 0).astype(np.uint8)
    if pack.startswith('coco') and status.sum() >= LABELLED_ENOUGH:
        status[:COCO_COUNT][status[:COCO_COUNT] == 0] = 2
    return status


def with_teacher(columns, packs, labels):
    """The columns with the teacher's label files merged in."""
    for pack, name in TAUGHT.items():
        taught, number = load_labels(os.path.join(labels, name)), packs.index(pack)
        rows = [row for row, (mine, person) in enumerate(zip(columns['pack'], columns['id'])) if mine == number and person in taught]
        before = sum(int((columns['status'][row] == 1).sum()) for row in rows)
        for row in rows:
            columns['joints'][row], columns['status'][row] = merge(
                columns['joints'][row], columns['status'][row], columns['box'][row], *taught[columns['id'][row]])
        after = sum(int((columns['status'][row] == 1).sum()) for row in rows)
        print(f'{pack}: {len(rows)} people have teacher labels, {after - before} joints more', flush=True)
    return columns


def main(data, out, labels=LABELS):
    os.makedirs(out, exist_ok=True)
    columns = {key: [] for key in ('id', 'image', 'pack', 'joints', 'status', 'box', 'guessed')}
    images, offset = [], 0
    with open(os.path.join(out, 'pixels.u8'), 'wb') as pixels:
        for number, name in enumerate(PACKS):
            with Pack(data, name) as pack:
                for image, entry in pack.images.items():
                    if not pack.people_in(image):
                        continue
                    array = np.asarray(pack.read(image))
                    pixels.write(array.tobytes())
                    for person in pack.people_in(image):
                        joints = joints_of(person).astype(np.float32)
                        columns['id'].append(person['id'])
                        columns['image'].append(len(images))
                        columns['pack'].append(number)
                        columns['joints'].append(joints[:, :2])
                        columns['status'].append(status_of(joints, name))
                        columns['box'].append(person['bbox'])
                        columns['guessed'].append(entry.get('aspect') == 'guessed')
                    images.append((offset, array.shape[0], array.shape[1]))
                    offset += array.size
            print(name, len(images), 'images,', len(columns['image']), 'people so far', flush=True)
    np.savez(os.path.join(out, 'people.npz'), images=np.array(images, np.int64), packs=np.array(PACKS),
             **{key: np.array(value) for key, value in with_teacher(columns, PACKS, labels).items()})


if __name__ == '__main__':
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('--data', required=True)
    arguments.add_argument('--out', default='cache')
    arguments.add_argument('--labels', default=LABELS, help="folder of the teacher's label files")
    main(**vars(arguments.parse_args()))
