/** The embeddable library: an engine that answers with poses, and the geometry to use them. */
export { createEstimator } from './engine/client';
export { EngineError } from './engine/error';
export type * from './engine/protocol';
export * from './pose/heatmap';
export * from './pose/pose';
export * from './pose/roi';
export * from './pose/skeleton';
export * from './pose/space';
