import { expect, it } from 'vitest';
import type { Problem } from '../../annotate/formats/problem';
import { addedSentence, addingChoice, importChoices, importSentence, reportTitle } from './words';

const NONE = { labelled: 0, added: 0, kept: 0, there: 0, returned: 0, renamed: 0 };

it('names the ways to import labels with problems, and says how many labels each replaces', () => {
  expect(importChoices(0, 3, 0)).toEqual([]);
  expect(importChoices(99, 5000, 0)).toEqual([{ name: 'Import valid labels (99 of 5000 images)', decision: 'keep' }]);
  expect(importChoices(99, 5000, 30)).toEqual([
    { name: 'Import for the other images (69)', decision: 'keep' },
    { name: 'Import for 99 images and replace labels of 30', decision: 'replace' },
  ]);
  expect(importChoices(1, 1, 1)).toEqual([{ name: 'Replace labels of 1 image', decision: 'replace' }]);
});

it('offers to add images alone where every other way replaces labels, or imports none', () => {
  expect(addingChoice(0, 0)).toBe('Add the images without labels');
  expect(addingChoice(2, 2)).toBe('Add the images and keep your labels');
  expect(addingChoice(3, 2)).toBeUndefined();
});

it('asks in the title if nothing is wrong but that reviewed labels would be replaced', () => {
  const problem = (kind: Problem['kind']): Problem => ({ file: 'a.json', where: '', what: '', kind });
  expect(reportTitle('labels', [problem('reviewed-image')])).toBe('Replace reviewed labels?');
  expect(reportTitle('labels', [problem('reviewed-image'), problem('broken')])).toBe('Labels not imported');
  expect(reportTitle('truth', [problem('broken')])).toBe('Labels not compared');
});

it('counts the images that have their files again apart from those that were added', () => {
  expect(addedSentence({ ...NONE, returned: 1 }, 0)).toBe('1 image has its file again.');
  expect(addedSentence({ ...NONE, added: 1, returned: 2 }, 0)).toBe('1 image added. 2 images have their files again.');
});

it('says what became of the images in an import', () => {
  expect(importSentence({ ...NONE, labelled: 2, added: 1, there: 1 }, ['A note.'], ['a.txt'])).toBe(
    'Imported labels for 2 images. 1 image is already here and was not added again. A note. 1 other file ignored: a.txt.',
  );
  expect(importSentence({ ...NONE, added: 3, renamed: 2 }, [], [])).toBe(
    '3 images added without labels. 2 images were renamed, because other images here have the same names.',
  );
  expect(importSentence({ ...NONE, kept: 4 }, [], [])).toBe(
    'No labels were imported. 4 images kept the labels that you edited, accepted or flagged.',
  );
});
