/** Apart from decode.ts, whose declarations are part of the package: sharp's types need not be installed. */
import type Sharp from 'sharp';

/** The package's function. Rejects with an Error that says what keeps it from loading. */
export async function loadSharp(load = () => import('sharp')): Promise<typeof Sharp> {
  try {
    return (await load()).default;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed: npm install sharp' : `does not load: ${message}`;
    throw new Error(`posecade decodes images with sharp, which ${why}`, { cause });
  }
}
