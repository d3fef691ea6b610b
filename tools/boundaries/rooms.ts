/**
 * The architecture as a table: each room (a folder, or a file without its extension) and what it may import. A file belongs to the longest
 * room that its path begins with, and may import whatever is in the same room. `url:` allows a file only as the address of a worker.
 * Packages are named without subpaths; `@scope/*` is every package of a scope.
 */
export type Rooms = Readonly<Record<string, readonly string[]>>;

/** The part of the page's side of the engine that everybody may use: types and errors. */
const PROTOCOL = ['src/engine/protocol', 'src/engine/error'] as const;
/** What both backends of the networks may use: what a network is made of, and how it is run. */
const NETWORK = ['src/model/blocks', 'src/model/network'] as const;
/** What the state and actions of a screen that shows people may import. */
const SCREEN_STATE = [...PROTOCOL, 'src/app/shell', 'src/pose', 'src/source', 'src/async', 'zustand'] as const;
const SCREEN_UI = ['src/engine/protocol', 'src/app/shell', 'src/ui/shell', 'src/draw', 'src/pose', 'react', 'zustand'] as const;

export const ROOMS: Rooms = {
  // Pure: no browser, no network, no clock.
  'src/async': [],
  'src/pose': [],
  'src/annotate': ['src/pose', 'saxes', 'yaml'],

  // The engine: the page's side, the thread boundary, the worker's side, the networks.
  'src/engine/protocol': ['src/engine/error', 'src/model/model-info', 'src/pose'],
  'src/engine/error': [],
  'src/engine/watch': ['src/engine/error'],
  'src/engine/newest': [],
  'src/engine/models': [],
  'src/engine/follower': ['src/engine/protocol', 'src/pose'],
  'src/engine': [...PROTOCOL, 'src/async', 'url:src/engine/worker'],
  'src/engine/worker': [...PROTOCOL, 'src/engine/watch', 'src/model', 'src/model/network', 'src/pose'],
  'src/model': [...NETWORK, 'src/model/model-info', 'src/model/tfjs', 'src/model/webgpu', 'src/pose', '@tensorflow/*'],
  'src/model/model-info': [],
  'src/model/blocks': [],
  'src/model/network': ['src/pose', '@tensorflow/tfjs-core'],
  'src/model/tfjs': [...NETWORK, '@tensorflow/tfjs-core'],
  'src/model/webgpu': [...NETWORK],

  // What the browser provides and stores.
  'src/source': ['src/engine/protocol', 'src/pose', 'mediabunny'],
  'src/database': ['src/annotate', 'src/pose', 'idb'],
  'src/draw': ['src/annotate', 'src/pose'],

  // The app: no React and no network in app/; ui/ calls app/. A screen knows the shell, and no other screen.
  'src/app/shell': [...PROTOCOL, 'src/pose', 'src/source', 'src/database', 'zustand'],
  'src/app/photo': [...SCREEN_STATE, 'src/annotate'],
  'src/app/live': [...SCREEN_STATE, 'src/annotate', 'src/engine/follower', 'src/engine/newest'],
  'src/app/annotate': [...SCREEN_STATE, 'src/annotate', 'src/database', 'src/draw', 'fflate'],
  'src/ui/shell': ['src/engine/protocol', 'src/app/shell', 'src/pose', 'src/source', 'react', 'zustand'],
  'src/ui/photo': [...SCREEN_UI, 'src/app/photo'],
  'src/ui/live': [...SCREEN_UI, 'src/app/live'],
  'src/ui/annotate': [...SCREEN_UI, 'src/app/annotate', 'src/annotate', '@tanstack/react-virtual'],
  'src/ui/styles': [],
  'src/screens': [
    'src/app/annotate',
    'src/app/live',
    'src/app/photo',
    'src/source',
    'src/ui/annotate',
    'src/ui/live',
    'src/ui/photo',
    'src/ui/shell',
  ],
  'src/main': [
    'src/engine',
    'src/engine/models',
    'src/engine/protocol',
    'src/app/shell',
    'src/screens',
    'src/source',
    'src/ui/shell',
    'src/ui/styles',
    'react',
    'react-dom',
  ],

  // The library: an entry each for pages, elements, React and workers.
  'src/embed': [
    ...PROTOCOL,
    'src/async',
    'src/engine',
    'src/engine/models',
    'src/engine/follower',
    'src/engine/newest',
    'url:src/engine/worker',
    'src/draw',
    'src/pose',
    'src/source',
  ],
  'src/embed/in-thread': [...PROTOCOL, 'src/engine', 'src/engine/worker'],
  'src/library': [...PROTOCOL, 'src/engine/models', 'src/engine/follower', 'src/embed', 'src/draw', 'src/pose', 'src/source'],
  'src/index': ['src/embed', 'src/library'],
  'src/element': ['src/embed'],
  'src/react': ['src/embed', 'src/engine/protocol', 'react'],
  'src/worker': ['src/embed', 'src/embed/in-thread', 'src/library'],

  'src/node': [
    'src/async',
    'src/engine/error',
    'src/engine/watch',
    'src/model',
    'src/model/model-info',
    'src/model/network',
    'src/model/webgpu',
    'src/pose',
    'src/source',
    'node:*',
    '@tensorflow/*',
    'sharp',
    'webgpu',
  ],

  // Never shipped.
  'src/testing': ['src/engine/protocol', 'src/pose', 'mediabunny'],
  'src/app/annotate/testing': [
    ...SCREEN_STATE,
    'src/app/annotate',
    'src/annotate',
    'src/database',
    'src/testing',
    'fake-indexeddb',
    'vitest',
  ],
  cli: [
    'src/model',
    'src/model/webgpu',
    'src/node',
    'src/pose',
    'bench',
    'e2e',
    'fast-png',
    'node:*',
    'playwright',
    'vite',
    'tools',
    'webgpu',
    '@tensorflow/*',
  ],
  bench: ['src/model', 'src/model/model-info', 'node:*', 'vite', '@tensorflow/*'],
  tools: ['src/model', 'src/model/tfjs', 'node:*', 'vite', '@tensorflow/*'],
  'tools/patience': ['vitest'],
  e2e: [
    ...PROTOCOL,
    'bench',
    'src/app/live',
    'src/app/photo',
    'src/engine',
    'src/engine/follower',
    'src/engine/worker',
    'src/model',
    'src/model/network',
    'src/model/webgpu',
    'src/node',
    'src/pose',
    'tools',
    '@tensorflow/*',
    'axe-core',
    'fast-png',
    'fflate',
    'mediabunny',
    'node:*',
    'playwright',
    'posecade',
    'react',
    'react-dom',
    'puppeteer-core',
    'selenium-webdriver',
    'vite',
    'webpack',
  ],
  'vite.config': ['tools', '@vitejs/plugin-react', 'vitest'],
};
