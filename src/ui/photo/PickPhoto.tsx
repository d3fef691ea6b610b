import { PickButton } from '../shell/PickButton';
import { usePhoto } from './context';

/** Opens a photo through the file dialog. */
export function PickPhoto({ children, className = '' }: { children: string; className?: string }) {
  const photo = usePhoto();
  return (
    <PickButton className={className} accept="image/*" onPick={(files) => void photo.openFiles(files)}>
      {children}
    </PickButton>
  );
}
