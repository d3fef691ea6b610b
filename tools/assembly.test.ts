import asc from 'assemblyscript/asc';
import { expect, it } from 'vitest';

const SOURCE = 'assembly/winograd.ts';
const TARGET = 'src/model/wasm/winograd-binary.ts';
const FLAGS = [
  '-O3',
  '--enable',
  'simd',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--use',
  'abort=',
];

it('the shipped binary is what its source compiles to (npm run assemble)', async () => {
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main([SOURCE, '--outFile', 'out.wasm', ...FLAGS], {
    writeFile: (name, contents) => {
      files.set(name, contents as Uint8Array);
    },
  });
  expect(String(stderr)).toBe('');
  expect(error).toBeNull();
  const binary = Buffer.from(files.get('out.wasm') ?? []).toString('base64');
  const lines = `/** ${SOURCE}, compiled by \`npm run assemble\`, in Base64. */\nexport const WINOGRAD =\n  '${binary}';\n`;
  await expect(lines).toMatchFileSnapshot(`../${TARGET}`);
});
