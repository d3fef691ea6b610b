import { ENTRIES, type Entry } from './entries.ts';

/** What the package takes over from the repository's own package.json. */
export interface Origin {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

const behind = ({ name, source }: Entry) => ({
  types: `./types/${source.replace(/^src\//, '').replace(/\.tsx?$/, '.d.ts')}`,
  default: `./${name}.js`,
});

/** The package.json of the package. */
export function manifest({ name, version, license }: Origin): object {
  return {
    name,
    version,
    description: "Finds people's joints in images and video, in the browser, on the user's own GPU",
    license,
    keywords: ['pose estimation', 'keypoints', 'webgpu', 'webassembly', 'browser'],
    type: 'module',
    sideEffects: ['./element.js'],
    peerDependencies: { react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
    exports: {
      ...Object.fromEntries(ENTRIES.map((entry) => [entry.path, behind(entry)])),
      './models/*': './models/*',
      './package.json': './package.json',
    },
  };
}
