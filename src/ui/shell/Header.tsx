import type { Screen } from '../../app/shell/store';
import { EngineBadge } from './EngineBadge';
import { Mark } from './Mark';
import { Shortcuts } from './Shortcuts';

const SCREENS: readonly (readonly [Screen, string])[] = [
  ['photo', 'Photo'],
  ['live', 'Live'],
  ['annotate', 'Annotate'],
];

export function Header({ screen }: { screen: Screen }) {
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <h1>posecade</h1>
        <p className="tagline">joints, from coarse to fine</p>
      </div>
      <nav className="screens" aria-label="Screens">
        {SCREENS.map(([name, label]) => (
          <a key={name} href={`#${name}`} aria-current={name === screen ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <Shortcuts screen={screen} />
      <EngineBadge />
    </header>
  );
}
