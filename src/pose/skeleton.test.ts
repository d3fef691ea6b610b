import { describe, expect, it } from 'vitest';
import { EDGES, JOINT_COUNT, JOINTS, jointIndex, jointLabel, MIRROR, sideOf, TO_COCO17, TO_LSP14, TO_MPII16 } from './skeleton';

describe('skeleton', () => {
  it('has 19 joints, COCO’s first', () => {
    expect(JOINT_COUNT).toBe(19);
    expect(jointIndex('nose')).toBe(0);
    expect(jointIndex('right_ankle')).toBe(16);
    expect(JOINTS.slice(17)).toEqual(['neck', 'head_top']);
  });

  it('mirrors left to right and back', () => {
    MIRROR.forEach((other, joint) => {
      expect(MIRROR[other]).toBe(joint);
      if (sideOf(joint) === 'middle') expect(other).toBe(joint);
      else expect(sideOf(other)).not.toBe(sideOf(joint));
    });
  });

  it('has an edge for every joint, the same on both sides', () => {
    expect(new Set(EDGES.flat()).size).toBe(JOINT_COUNT);
    const key = (a: number, b: number) => [a, b].sort((p, q) => p - q).join('-');
    const keys = new Set(EDGES.map(([a, b]) => key(a, b)));
    for (const [a, b] of EDGES) expect(keys).toContain(key(MIRROR[a] ?? -1, MIRROR[b] ?? -1));
  });

  it('maps known joints to the joint counts of the other data sets', () => {
    expect([TO_COCO17.length, TO_MPII16.length, TO_LSP14.length]).toEqual([17, 16, 14]);
    for (const index of [TO_COCO17, TO_MPII16, TO_LSP14].flat(2)) expect(JOINTS[index]).toBeDefined();
    expect(TO_COCO17.flat()).toEqual(Array.from({ length: 17 }, (_, i) => i));
  });

  it('labels joints in words', () => {
    expect(jointLabel(jointIndex('left_ankle'))).toBe('left ankle');
    expect(jointLabel(jointIndex('head_top'))).toBe('head top');
  });
});
