import { run } from '../support/sites';
import { test } from '../support/test';

test('the library', () => run('npm run build:library'));
