import { expect, it } from 'vitest';
import { EngineError } from '../../engine/error';
import { SourceError } from '../../source/error';
import { report } from './report';

it('names the file and says what to do', () => {
  expect(report(new SourceError('heic', 'IMG_1.heic'))).toMatchObject({ code: 'heic', remedy: 'none' });
  expect(report(new SourceError('heic', 'IMG_1.heic')).sentence).toMatch(/^IMG_1\.heic: /);
});

it('offers a retry or a reload, whichever can help', () => {
  expect(report(new EngineError({ code: 'device-lost', detail: '' })).remedy).toBe('retry');
  expect(report(new EngineError({ code: 'contract-mismatch', detail: '' })).remedy).toBe('reload');
});

it('reports an unknown error as unexpected', () => {
  expect(report('what?')).toMatchObject({ code: 'unexpected' });
});

it('reports text and data as such, and any other file as not being an image or a video', () => {
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
])('offers to reload the page for a missing chunk: %s', (message) => {
  expect(report(new TypeError(message))).toMatchObject({ code: 'code-missing', remedy: 'reload' });
});
