import { build, run } from '../support/sites';
import { test } from '../support/test';

test('the library, and a page that embeds it', () => {
  run('npm run build:library');
  run('npx tsc -p e2e/embed');
  build('embed', '--config e2e/embed/vite.config.ts');
});
