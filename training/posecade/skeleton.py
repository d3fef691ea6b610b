"""The 19 joints: COCO's 17 in COCO's order, then neck and head_top. Left and right are the person's own."""
import numpy as np

JOINTS = (
    'nose', 'left_eye', 'right_eye', 'left_ear', 'right_ear', 'left_shoulder', 'right_shoulder', 'left_elbow',
    'right_elbow', 'left_wrist', 'right_wrist', 'left_hip', 'right_hip', 'left_knee', 'right_knee', 'left_ankle',
    'right_ankle', 'neck', 'head_top',
)
COUNT = len(JOINTS)
LEFT_SHOULDER, RIGHT_HIP, COCO_COUNT = 5, 12, 17
LIMBS = tuple(range(5, 17))  # shoulders to ankles: what PCK is taken on
UPPER_BODY = tuple(range(0, 11)) + (17, 18)

_PAIRS = {name: name.replace('left', '*').replace('right', 'left').replace('*', 'right') for name in JOINTS}
MIRROR = np.array([JOINTS.index(_PAIRS[name]) for name in JOINTS])
"""MIRROR[j]: the joint that takes j's place in the mirror image."""
TRUNK = [LEFT_SHOULDER, RIGHT_HIP, MIRROR[LEFT_SHOULDER], MIRROR[RIGHT_HIP]]  # what a torso's length takes in a crop and in its mirror image
