import { useEffect, useRef } from 'react';
import { Announcement } from '../shell/Announcement';
import { AnnotateWelcome } from './AnnotateWelcome';
import { useAnnotate, useSessionState } from './context';
import { ImportReport } from './ImportReport';
import { JointsDialog } from './JointsDialog';
import { ReadingBar } from './ReadingBar';
import { Workspace } from './Workspace';

/** The screen for many images: first a place to drop them, then the list, the current image and its joints. */
export function AnnotateScreen() {
  const annotate = useAnnotate();
  const open = useSessionState(({ phase }) => phase === 'open');
  const problems = useSessionState((state) => state.problems);
  const problemsOf = useSessionState((state) => state.problemsOf);
  const valid = useSessionState((state) => state.valid);
  const total = useSessionState((state) => state.total);
  const question = useSessionState((state) => state.question);

  useEffect(() => void annotate.enter(), [annotate]);

  const screen = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    const closed = wasOpen.current && !open;
    wasOpen.current = open;
    if (!closed || document.activeElement !== document.body) return;
    screen.current?.querySelector<HTMLElement>('.welcome button')?.focus(); // the button that closed the session is gone
  }, [open]);

  return (
    <div ref={screen} className="screen" data-session={open || undefined}>
      <Announcement />
      <ReadingBar />
      {open ? <Workspace /> : <AnnotateWelcome />}
      {problems.length > 0 && (
        <ImportReport
          problems={problems}
          of={problemsOf}
          valid={valid}
          total={total}
          onAnyway={(decision) => void annotate.importAnyway(decision)}
          onByName={() => void annotate.importByName()}
          onClose={() => annotate.dismiss('problems')}
        />
      )}
      {question && (
        <JointsDialog
          key={question.key}
          question={question}
          onAnswer={(table) => void annotate.answerJoints(table)}
          onClose={() => annotate.dismiss('question')}
        />
      )}
    </div>
  );
}
