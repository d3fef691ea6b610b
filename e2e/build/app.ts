import { build } from '../support/sites';
import { test } from '../support/test';

test('the app that ships', () => build('app'));
