import { ENTRIES, type Entry, NODE_ENTRY } from './entries.ts';

/** What the package copies from the repository's own package.json. */
export interface Origin {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
}

/** Where an entry's declarations are in the package. */
export const typesOf = ({ source }: Entry): string => `types/${source.replace(/^src\//, '').replace(/\.tsx?$/, '.d.ts')}`;

const behind = (entry: Entry) => ({ types: `./${typesOf(entry)}`, default: `./${entry.name}.js` });

/** The package.json of the package. */
export function manifest({ name, version, license, engines }: Origin): object {
  return {
    name,
    version,
    description: "Finds people's joints in images and video, in the browser, on the user's own GPU",
    license,
    keywords: ['pose estimation', 'keypoints', 'webgpu', 'webassembly', 'browser'],
    type: 'module',
    sideEffects: ['./element.js'],
    engines,
    bin: { posecade: './node/command.js' },
    peerDependencies: { react: '>=18', sharp: '>=0.34', webgpu: '>=0.6' },
    peerDependenciesMeta: { react: { optional: true }, sharp: { optional: true }, webgpu: { optional: true } },
    exports: {
      ...Object.fromEntries([...ENTRIES, NODE_ENTRY].map((entry) => [entry.path, behind(entry)])),
      './models/*': './models/*',
      './package.json': './package.json',
    },
  };
}
