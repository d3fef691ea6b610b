import { useState } from 'react';
import { useStore } from 'zustand';
import { type Action, actionsOf, type Scope } from '../../app/shell/actions';
import { keyOf } from '../../app/shell/keys';
import { keysOf } from '../../app/shell/shortcuts';
import { useApp } from './context';
import { Dialog } from './Dialog';
import { Keys } from './Keys';
import { useShortcuts } from './useShortcuts';

interface RowProps {
  readonly action: Action;
  readonly listening: boolean;
  readonly onListen: (listening: boolean) => void;
  readonly onKey: (key: string) => void;
}

/** One action, its keys, and a button that waits for another key. */
function Row({ action, listening, onListen, onKey }: RowProps) {
  const { shortcuts } = useApp();
  const bindings = useStore(shortcuts.store);
  return (
    <li>
      <span className="shortcut-label">{action.label}</span>
      <Keys names={keysOf(bindings, action)} />
      {!action.fixed && (
        <button
          type="button"
          aria-pressed={listening}
          aria-label={listening ? undefined : `Change the key for: ${action.label}`}
          onClick={() => onListen(!listening)}
          onBlur={() => listening && onListen(false)}
          onKeyDown={(event) => {
            if (!listening) return;
            event.preventDefault(); // Escape and Tab, too: it neither closes the dialogue nor leaves the button
            const key = keyOf(event.nativeEvent);
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

/** The keys of the screen, and of every screen. */
function KeysDialog({ screen, onClose }: { screen: Scope; onClose: () => void }) {
  const { shortcuts } = useApp();
  const [listening, setListening] = useState<string>();
  const [said, setSaid] = useState('');
  const actions = actionsOf(screen);
  const rebind = (action: Action, key: string) => {
    const why = shortcuts.rebind(action, key);
    setSaid(why ?? `${action.label}: changed.`);
    if (!why) setListening(undefined);
  };
  return (
    <Dialog title="Keys of this screen" wide said={said} onClose={onClose}>
      <div className="shortcut-groups">
        {[...new Set(actions.map(({ group }) => group))].map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {actions
                .filter((action) => action.group === group)
                .map((action) => (
                  <Row
                    key={action.id}
                    action={action}
                    listening={listening === action.id}
                    onListen={(on) => setListening(on ? action.id : undefined)}
                    onKey={(key) => rebind(action, key)}
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
            shortcuts.reset();
            setSaid('All keys are as they came.');
          }}
        >
          All keys as they came
        </button>
      </div>
    </Dialog>
  );
}

/** The button with the keys of the screen that is shown, and the dialogue that it opens, as does its key. */
export function Shortcuts({ screen }: { screen: Scope }) {
  const [open, setOpen] = useState(false);
  useShortcuts('everywhere', { help: () => setOpen(true) });
  return (
    <>
      <button type="button" className="keys-button fine-only" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Keys
      </button>
      {open && <KeysDialog screen={screen} onClose={() => setOpen(false)} />}
    </>
  );
}
