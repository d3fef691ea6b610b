/** The embeddable library: an engine that answers with poses, and the geometry to use them. docs/embed.md tells how. */
export { createPoseEstimator } from './embed/create';
export * from './library';
