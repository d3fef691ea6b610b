/**
 * The sets of weights that ship, the default first. Each has a folder of the same name in public/models/, with a contract.json that states
 * which architecture they are for.
 */
export const MODELS = ['cascade'] as const;

export type ModelName = (typeof MODELS)[number];

/** The model of that name, or the default for any other name. */
export function modelNamed(name: string | null): ModelName {
  return MODELS.find((one) => one === name) ?? MODELS[0];
}

/** A model's folder, relative to the app or library beside which the models lie; with a trailing slash. */
export const modelFolder = (name: ModelName): string => `models/${name}/`;

/** The detector's folder, likewise. */
export const DETECTOR_FOLDER = 'models/detector/';
