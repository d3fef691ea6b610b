import { useApp } from '../shell/context';
import { PickButton } from '../shell/PickButton';

/** Lets a video file be chosen. */
export function PickVideo({ children }: { children: string }) {
  const { live } = useApp();
  return (
    <PickButton accept="video/*,.mkv" onPick={([file]) => file && void live.openFile(file)}>
      {children}
    </PickButton>
  );
}
