import { once, run } from '../support/sites';
import { test } from '../support/test';

test('builds the library', () => once('library', () => run('npm run build:library')));
