import { expect, it } from 'vitest';
import { EngineError } from '../../engine/error';
import { SourceError } from '../../source/error';
import { report } from './report';

it('names the file and says what to do', () => {
  expect(report(new SourceError('heic', 'IMG_1.heic'))).toMatchObject({ code: 'heic', remedy: 'none' });
  expect(report(new SourceError('heic', 'IMG_1.heic')).sentence).toMatch(/^IMG_1\.heic: /);
});

it('offers a retry where one can help', () => {
  expect(report(new EngineError({ code: 'device-lost', detail: '' })).remedy).toBe('retry');
  expect(report(new EngineError({ code: 'contract-mismatch', detail: '' })).remedy).toBe('reload');
});

it('has words for what nobody foresaw', () => {
  expect(report('what?')).toMatchObject({ code: 'unexpected' });
});

it('says of text and data what they are, and of what claims to be an image that it is none', () => {
  const code = (file: string) => [
    report(new SourceError('not-an-image', file)).code,
    report(new SourceError('not-a-video', file)).code,
  ];
  for (const file of ['labels.json', 'a.txt', 'data.YAML', 'annotations.xml'])
    expect(code(file)).toEqual(['text-file', 'text-file']);
  expect(code('photo.jpg')).toEqual(['not-an-image', 'not-a-video']);
});

it('writes whole sentences', () => {
  const notice = report(new SourceError('nothing-given'));
  for (const text of [notice.sentence, notice.next]) expect(text).toMatch(/^[A-Z].*\.$/);
});

it.each([
  'Failed to fetch dynamically imported module: https://a.example/assets/x.js',
  'error loading dynamically imported module: https://a.example/assets/x.js',
  'Importing a module script failed.',
])('a chunk that is not there offers to reload the page: %s', (message) => {
  expect(report(new TypeError(message))).toMatchObject({ code: 'code-missing', remedy: 'reload' });
});
