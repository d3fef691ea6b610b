import { build } from '../support/sites';
import { test } from '../support/test';

test('builds the app with a fake engine', () => build('fake', '--mode fake'));
