import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { examplesOf } from '../../tools/library/guide';
import { build, ROOT, run } from '../support/sites';
import { test } from '../support/test';

/** Writes the guide's examples, except those for Node, to files for the bundler. An example's worker keeps its own file name. */
function writeExamples(): void {
  const folder = `${ROOT}e2e/embed/dist-guide`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { name, language, text } of examplesOf(readFileSync(`${ROOT}docs/embed.md`, 'utf8'))) {
    if (language === 'html' || name === 'node') continue;
    writeFileSync(`${folder}/${name}.${text.startsWith('// ') ? 'js' : 'jsx'}`, text);
  }
}

test('builds a page that embeds the library, and the examples of its guide', () => {
  run('npx tsc -p e2e/embed');
  writeExamples();
  build('embed', '--config e2e/embed/vite.config.ts');
});
