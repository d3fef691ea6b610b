import { build } from '../support/sites';
import { test } from '../support/test';

test('builds the app that ships', () => build('app'));
