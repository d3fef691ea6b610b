import { expect, it } from 'vitest';
import { loadSharp } from './sharp';

it.each([
  [{ code: 'ERR_MODULE_NOT_FOUND', message: "Cannot find package 'sharp'" }, 'is not installed: npm install sharp'],
  [{ message: 'Could not load the "sharp" module' }, 'does not load: Could not load the "sharp" module'],
])('says what keeps sharp from loading: %o', async (cause, why) => {
  const loading = loadSharp(() => Promise.reject(Object.assign(new Error(), cause)));
  await expect(loading).rejects.toThrow(`posecade decodes images with sharp, which ${why}`);
});
