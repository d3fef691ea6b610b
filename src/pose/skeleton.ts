/**
 * The one table of joints: COCO's 17 in COCO's order, then neck and head_top. Left and right are the person's own.
 * Everything else that refers to joints by number (edges, mirror, other data sets) is derived here.
 */
export const JOINTS = [
  'nose',
  'left_eye',
  'right_eye',
  'left_ear',
  'right_ear',
  'left_shoulder',
  'right_shoulder',
  'left_elbow',
  'right_elbow',
  'left_wrist',
  'right_wrist',
  'left_hip',
  'right_hip',
  'left_knee',
  'right_knee',
  'left_ankle',
  'right_ankle',
  'neck',
  'head_top',
] as const;

export type JointName = (typeof JOINTS)[number];
export type Side = 'left' | 'right' | 'middle';

export const JOINT_COUNT = JOINTS.length;
export const ALL_JOINTS: readonly number[] = JOINTS.map((_, joint) => joint);
export const COCO_COUNT = 17;

/** Index of a joint by its name. */
export function jointIndex(name: JointName): number {
  return JOINTS.indexOf(name);
}

/** The side of the body that a joint is on, from its name. */
export function sideOf(joint: number): Side {
  const name = JOINTS[joint] ?? '';
  return name.startsWith('left_') ? 'left' : name.startsWith('right_') ? 'right' : 'middle';
}

/** The name in words: 'left_ankle' -> 'left ankle'. */
export function jointLabel(joint: number): string {
  return (JOINTS[joint] ?? '').replace('_', ' ');
}

/** MIRROR[j] is the joint that takes j's place in the mirrored image. */
export const MIRROR: readonly number[] = JOINTS.map((name) => {
  const swapped = name.startsWith('left_') ? name.replace('left_', 'right_') : name.replace('right_', 'left_');
  return (JOINTS as readonly string[]).indexOf(swapped);
});

const EDGE_NAMES: readonly (readonly [JointName, JointName])[] = [
  ['head_top', 'neck'],
  ['nose', 'left_eye'],
  ['nose', 'right_eye'],
  ['left_eye', 'left_ear'],
  ['right_eye', 'right_ear'],
  ['neck', 'left_shoulder'],
  ['neck', 'right_shoulder'],
  ['left_shoulder', 'left_elbow'],
  ['left_elbow', 'left_wrist'],
  ['right_shoulder', 'right_elbow'],
  ['right_elbow', 'right_wrist'],
  ['left_shoulder', 'left_hip'],
  ['right_shoulder', 'right_hip'],
  ['left_hip', 'right_hip'],
  ['left_hip', 'left_knee'],
  ['left_knee', 'left_ankle'],
  ['right_hip', 'right_knee'],
  ['right_knee', 'right_ankle'],
];

/** The bones that are drawn, as pairs of joint indices. */
export const EDGES: readonly (readonly [number, number])[] = EDGE_NAMES.map(([a, b]) => [jointIndex(a), jointIndex(b)]);

/**
 * How another data set's joints are made from ours: each entry lists the joints whose mean it is (one: a plain pick).
 * MPII's pelvis is the middle of the hips and its thorax the middle of the shoulders.
 */
export type JointMapping = readonly (readonly number[])[];

const mapping = (...rows: readonly (readonly JointName[])[]): JointMapping => rows.map((names) => names.map(jointIndex));

export const TO_COCO17: JointMapping = mapping(...JOINTS.slice(0, COCO_COUNT).map((name) => [name]));

export const TO_MPII16: JointMapping = mapping(
  ['right_ankle'],
  ['right_knee'],
  ['right_hip'],
  ['left_hip'],
  ['left_knee'],
  ['left_ankle'],
  ['left_hip', 'right_hip'],
  ['left_shoulder', 'right_shoulder'],
  ['neck'],
  ['head_top'],
  ['right_wrist'],
  ['right_elbow'],
  ['right_shoulder'],
  ['left_shoulder'],
  ['left_elbow'],
  ['left_wrist'],
);

export const TO_LSP14: JointMapping = mapping(
  ['right_ankle'],
  ['right_knee'],
  ['right_hip'],
  ['left_hip'],
  ['left_knee'],
  ['left_ankle'],
  ['right_wrist'],
  ['right_elbow'],
  ['right_shoulder'],
  ['left_shoulder'],
  ['left_elbow'],
  ['left_wrist'],
  ['neck'],
  ['head_top'],
);
