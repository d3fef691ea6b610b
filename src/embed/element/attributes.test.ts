import { expect, it } from 'vitest';
import { PoseCamera } from './pose-camera';
import { PoseImage } from './pose-image';

it.each([
  ['pose-image', PoseImage, ['src', 'alt']],
  ['pose-camera', PoseCamera, ['autostart', 'facing', 'smoothing']],
])('no attribute of <%s> is a member of its class: React 19 and Vue would set that instead', (_, element, own) => {
  const shared = ['backend', 'model-url', 'detector-url', 'mirrored', 'max-people', 'show'];
  expect([...own, ...shared].filter((name) => name in element.prototype)).toEqual([]);
});
