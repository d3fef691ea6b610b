import { run } from '../support/sites';
import { test } from '../support/test';

test('builds the library', () => run('npm run build:library'));
