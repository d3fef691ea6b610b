import { useApp } from './context';
import { EngineBadge } from './EngineBadge';
import { Mark } from './Mark';
import { Shortcuts } from './Shortcuts';
import type { Screen } from './screens';

export function Header({ screen }: { screen: Screen }) {
  const { screens } = useApp();
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <h1>posecade</h1>
        <p className="tagline">joints, from coarse to fine</p>
      </div>
      <nav className="screens" aria-label="Screens">
        {screens.all.map(({ name, title }) => (
          <a key={name} href={`#${name}`} aria-current={name === screen.name ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <Shortcuts screen={screen} />
      <EngineBadge />
    </header>
  );
}
