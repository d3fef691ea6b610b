"""A teacher's poses, merged into the people of one pack.

The teacher (MoveNet Thunder) saw each person four times: at two scales, each with its mirror image. A label file holds the mode of the four
passes: id [N] of the annotations, pose [N, 17, 3] (x, y in pixels of the pack's image, score), and spread [N, 17], the passes' mean distance to
the mode in pixels of a 256 px crop of 1.25 times the box. A joint is trusted where the four agree and score well: of COCO's labelled joints
75% pass, and 1.3% of those are wrong.

The label file of photographs that nobody labelled says who is there, too: see load_people."""
import numpy as np

from .skeleton import COCO_COUNT, LIMBS, MIRROR

SPREAD, SCORE = 4.0, 0.3  # a trusted joint has less spread and a higher score than these
CROP, MARGIN = 256, 1.25  # the crop that spread is measured in: px, and its side over the box's
AGREE = 12.0  # pixels of that crop, about 0.2 torso: nearer than this, label and teacher mean the same point
ENOUGH = 3  # limb joints that both know, to compare sides
FACE = slice(0, 5)
TENTHS, HUNDREDTHS = 10, 100  # whole numbers in a file: of a spread, of a score


def load_labels(path):
    """{annotation id: (pose [17, 3], spread [17])} of a label file."""
    table = np.load(path)
    return {int(i): (pose, spread) for i, pose, spread in zip(table['id'], table['pose'], table['spread'])}


def load_people(path):
    """{file name: its people} of a label file of teacher/label.py. Each: number in the file, box [4] (x, y, width, height) and pose [17, 3] (x, y, score)
    in px of the photograph, spread [17]."""
    table = np.load(path)
    pose, spread = table['pose'].astype(np.float32), table['spread'] / np.float32(TENTHS)
    pose[..., 2] /= HUNDREDTHS
    found = {str(name): [] for name in table['files']}
    for person, (photo, box) in enumerate(zip(table['photo'], table['box'].astype(np.float32))):
        found[str(table['files'][photo])].append((person, box, pose[person], spread[person]))
    return found


def save_people(path, names, boxes, pose, spread):
    """Writes a file for load_people: small, in whole pixels."""
    files, photo = np.unique(names, return_inverse=True)
    whole = np.concatenate([pose[..., :2], pose[..., 2:] * HUNDREDTHS], -1).round().astype(np.int16)
    np.savez_compressed(path, files=files, photo=photo.astype(np.int32), box=boxes.round().astype(np.int16), pose=whole,
                        spread=(spread * TENTHS).round().clip(0, 255).astype(np.uint8))


def trusted(pose, spread):
    """Which joints [..., 17] of the teacher's to train on."""
    return (spread < SPREAD) & (pose[..., 2] > SCORE)


def merge(joints, status, box, pose, spread):
    """One person's labels and the teacher's: joints [19, 2] and status [19] as in data.Store -> the same, new.

    A limb joint becomes the mean of label and teacher where they agree, and stays as it is elsewhere. Unlabelled face joints are taken
    from the teacher, unless teacher and label have the person's sides the other way round: one of them is wrong then, and a face would
    decide which."""
    joints, status = joints.copy(), status.copy()
    pixel = MARGIN * max(box[2:]) / CROP
    sure = trusted(pose, spread)
    limbs = np.array(LIMBS)
    both = limbs[sure[limbs] & (status[limbs] == 1) & (status[MIRROR[limbs]] == 1)]
    distance, crossed = (np.linalg.norm(pose[both, :2] - joints[other], axis=1) / pixel for other in (both, MIRROR[both]))
    if len(both) >= ENOUGH and distance.mean() < crossed.mean():
        new = np.flatnonzero(sure[FACE] & (status[FACE] == 0))
        joints[new], status[new] = pose[new, :2], 1
    known = np.flatnonzero(sure & (status[:COCO_COUNT] == 1))
    known = known[known >= FACE.stop]
    near = known[np.linalg.norm(pose[known, :2] - joints[known], axis=1) < AGREE * pixel]
    joints[near] = (joints[near] + pose[near, :2]) / 2
    return joints, status
