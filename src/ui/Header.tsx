import { EngineBadge } from './EngineBadge';
import { Mark } from './Mark';

export function Header() {
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <h1>posecade</h1>
        <p className="tagline">joints, from coarse to fine</p>
      </div>
      <EngineBadge />
    </header>
  );
}
