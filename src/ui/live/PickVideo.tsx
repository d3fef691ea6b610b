import { PickButton } from '../shell/PickButton';
import { useLive } from './context';

/** Opens a video through the file dialog. */
export function PickVideo({ children }: { children: string }) {
  const { live } = useLive();
  return (
    <PickButton accept="video/*,.mkv" onPick={([file]) => file && void live.openVideo(file)}>
      {children}
    </PickButton>
  );
}
