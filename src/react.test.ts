import { createElement, type JSX } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type {} from './react';

it('types the custom elements in JSX', () => {
  const image: JSX.IntrinsicElements['pose-image'] = { src: 'a.jpg', alt: '', mirrored: true, 'max-people': 2, show: 'boxes' };
  expect(renderToStaticMarkup(createElement('pose-image', image))).toBe(
    '<pose-image src="a.jpg" alt="" mirrored="" max-people="2" show="boxes"></pose-image>',
  );
  const camera: JSX.IntrinsicElements['pose-camera'] = {
    facing: 'user',
    onposes: ({ detail, currentTarget }) => [detail.people.map(({ id }) => id), currentTarget],
    // @ts-expect-error: an attribute of the other element
    src: 'a.jpg',
  };
  expect(Object.keys(camera)).toHaveLength(3);
});
