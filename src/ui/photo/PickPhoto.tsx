import { useApp } from '../shell/context';
import { PickButton } from '../shell/PickButton';

/** Lets a photograph be chosen. */
export function PickPhoto({ children, className = '' }: { children: string; className?: string }) {
  const { review } = useApp();
  return (
    <PickButton className={className} accept="image/*" onPick={(files) => void review.openFiles(files)}>
      {children}
    </PickButton>
  );
}
