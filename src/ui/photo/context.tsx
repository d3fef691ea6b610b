import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { PhotoActions } from '../../app/photo/actions';
import type { PhotoState } from '../../app/photo/state';

export const PhotoContext = createContext<PhotoActions | undefined>(undefined);

/** The screen's actions and their store. Throws outside the Photo screen. */
export function usePhoto(): PhotoActions {
  const photo = useContext(PhotoContext);
  if (!photo) throw new Error('this component belongs on the Photo screen');
  return photo;
}

/** A part of the screen's state, like useAppState. */
export function usePhotoState<T>(select: (state: PhotoState) => T): T {
  return useStore(usePhoto().store, select);
}

const choosePerson = ({ people, chosenPerson }: PhotoState) => people.find(({ id }) => id === chosenPerson);

/** The person that the tables and the panels are about. */
export function useChosenPerson() {
  return usePhotoState(choosePerson);
}
