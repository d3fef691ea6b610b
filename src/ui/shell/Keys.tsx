import { Fragment } from 'react';
import { keyCaps } from '../../app/shell/keys';

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys as caps: Ctrl + Z or Ctrl + Y. */
export function Keys({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="keycaps">
      {names.map((name, i) => (
        <Fragment key={name}>
          {i > 0 && ' '}
          <span>
            {keyCaps(name, MAC).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

/** The same as text, for a title: Ctrl+Z, Ctrl+Y. */
export function keyTitle(names: readonly string[]): string {
  return names.map((name) => keyCaps(name, MAC).join('+')).join(', ');
}
