import { useState } from 'react';
import { useStore } from 'zustand';
import { keysOf, movesFocus } from '../../app/shell/key-bindings';
import { keyOf } from '../../app/shell/keys';
import { SHELL_SHORTCUTS, type Shortcut } from '../../app/shell/shortcuts';
import { useApp } from './context';
import { Dialog } from './Dialog';
import { Keys } from './Keys';
import type { Screen } from './screens';
import { useShortcuts } from './useShortcuts';

interface RowProps {
  readonly shortcut: Shortcut;
  readonly listening: boolean;
  readonly onListen: (listening: boolean) => void;
  readonly onKey: (key: string) => void;
}

/** One shortcut, its keys, and a button that waits for a new key. */
function Row({ shortcut, listening, onListen, onKey }: RowProps) {
  const { keyBindings } = useApp();
  const bindings = useStore(keyBindings.store);
  return (
    <li>
      <span className="shortcut-label">{shortcut.label}</span>
      <Keys names={keysOf(bindings, shortcut)} />
      {!shortcut.fixed && (
        <button
          type="button"
          aria-pressed={listening}
          aria-label={listening ? undefined : `Change the key for: ${shortcut.label}`}
          onClick={({ currentTarget }) => {
            currentTarget.focus(); // Safari on a Mac does not focus a clicked button
            onListen(!listening);
          }}
          onBlur={() => listening && onListen(false)}
          onKeyDown={(event) => {
            if (!listening) return;
            const key = keyOf(event.nativeEvent);
            if (key && movesFocus(shortcut, key)) return; // the focus moves to the next button, which ends the wait
            event.preventDefault(); // for Escape, too, so that it does not close the dialog
            if (key === 'Escape') onListen(false);
            else if (key && !event.repeat) onKey(key);
          }}
        >
          {listening ? 'Press a key' : 'Change'}
        </button>
      )}
    </li>
  );
}

/** The shortcuts of a screen, and those of all screens. */
function ShortcutsDialog({ screen, onClose }: { screen: Screen; onClose: () => void }) {
  const { keyBindings } = useApp();
  const [listening, setListening] = useState<string>();
  const [said, setSaid] = useState('');
  const shortcuts: readonly Shortcut[] = [...screen.shortcuts, ...SHELL_SHORTCUTS];
  const rebind = (shortcut: Shortcut, key: string) => {
    const why = keyBindings.rebind(shortcut, key);
    setSaid(why ?? `${shortcut.label}: changed.`);
    if (!why) setListening(undefined);
  };
  return (
    <Dialog title="Keyboard shortcuts" wide said={said} onClose={onClose}>
      <div className="shortcut-groups">
        {[...new Set(shortcuts.map(({ group }) => group))].map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <Row
                    key={shortcut.id}
                    shortcut={shortcut}
                    listening={listening === shortcut.id}
                    onListen={(on) => setListening(on ? shortcut.id : undefined)}
                    onKey={(key) => rebind(shortcut, key)}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="dialog-foot">
        <button
          type="button"
          onClick={() => {
            keyBindings.reset();
            setSaid('All shortcuts have been reset.');
          }}
        >
          Reset shortcuts
        </button>
      </div>
    </Dialog>
  );
}

/** Opens the dialog with the shortcuts of the screen that is shown, by its button or its key. */
export function Shortcuts({ screen }: { screen: Screen }) {
  const [open, setOpen] = useState(false);
  useShortcuts(SHELL_SHORTCUTS, { help: () => setOpen(true) });
  return (
    <>
      <button type="button" className="shortcuts-button fine-only" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Shortcuts
      </button>
      {open && <ShortcutsDialog screen={screen} onClose={() => setOpen(false)} />}
    </>
  );
}
