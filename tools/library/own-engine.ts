import type { Plugin } from 'vite';

/** Where TensorFlow.js keeps what it looks for in the global object. */
const KEPT = 'let globalNameSpace;';

/**
 * Gives the package's TensorFlow.js an engine of its own: all copies in a process or a thread share the engine that the first one stores in the
 * global object, so ours would change the backend of the user's.
 */
export function ownEngine(): Plugin {
  let found = false;
  return {
    name: 'posecade-own-engine',
    transform(code, id) {
      if (!/\/tfjs-core\/dist\/global_util\.js$/.test(id.replace(/\?.*/, ''))) return undefined;
      if (!code.includes(KEPT)) throw new Error(`${id} keeps its globals in another way than it did`);
      found = true;
      return code.replace(KEPT, 'let globalNameSpace = {};');
    },
    generateBundle() {
      if (!found) throw new Error('TensorFlow.js keeps its globals in another module than it did');
    },
  };
}
