import { build } from '../support/sites';
import { test } from '../support/test';

test('the app with a made-up engine', () => build('fake', '--mode fake'));
