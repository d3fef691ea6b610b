import { build } from '../support/sites';
import { test } from '../support/test';

test('builds a page with the engine alone', () => build('engine', '--config e2e/engine/vite.config.ts'));
