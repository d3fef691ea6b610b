import type { Editor } from '../../app/annotate/editor';
import type { Show } from '../../app/annotate/show';
import { SideLegend } from '../shell/SideLegend';
import { useShow } from './useEditor';

const CHOICES: readonly (readonly [keyof Show, string])[] = [
  ['names', 'Names'],
  ['edges', 'Bones'],
  ['boxes', 'Boxes'],
  ['heat', 'Heat maps of the joint'],
  ['ghost', 'Draft'],
];

/** What is drawn over the image. */
export function EditorShow({ editor }: { editor: Editor }) {
  const show = useShow(editor);
  return (
    <div className="toolbar">
      {CHOICES.map(([name, label]) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={show[name]}
            onChange={({ target }) => editor.show.setState({ [name]: target.checked })}
          />
          {label}
        </label>
      ))}
      <SideLegend />
    </div>
  );
}
