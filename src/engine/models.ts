/**
 * The sets of weights that ship, the default first. Each has a folder of its name in public/models/, with a contract.json that says which
 * architecture they are for.
 */
export const MODELS = ['cascade'] as const;

export type ModelName = (typeof MODELS)[number];

/** The one of that name; of any other, the default. */
export function modelNamed(name: string | null): ModelName {
  return MODELS.find((one) => one === name) ?? MODELS[0];
}

/** Its folder, relative to where the models lie beside the app or the library; with a closing slash. */
export const modelFolder = (name: ModelName): string => `models/${name}/`;

/** The detector's, likewise. */
export const DETECTOR_FOLDER = 'models/detector/';
