/** Media that tests generate are kept beside the built sites, and made again once what they are made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT, SITES } from './sites';

/** The path of a generated file. madeOf: what decides what is in it, besides the packages that make it. */
export async function kept(name: string, madeOf: readonly Buffer[], make: () => Promise<Buffer>): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(`${ROOT}package-lock.json`));
  for (const part of madeOf) hash.update(part);
  const path = `${ROOT}${SITES}/media/${hash.digest('hex').slice(0, 16)}-${name}`;
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, await make());
  renameSync(partial, path); // so that an interrupted run leaves no incomplete file
  return path;
}
