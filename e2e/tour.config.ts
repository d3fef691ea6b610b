/** npm run tour: captures the frames of the README's animation, and screenshots of every screen for review. */
import { defineConfig, devices, type Project } from 'playwright/test';
import base from './playwright.config';
import { build, plain } from './support/projects';

const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };

const tour = (name: string, use: Project['use']): Project => {
  const app = plain('app');
  return { ...app, name, testMatch: 'tour/*.ts', use: { ...app.use, ...use, bypassCSP: true } }; // screenshots inject styles into the page
};

export default defineConfig({
  ...base,
  outputDir: '../tour/.playwright', // outside the folder that a test run clears
  projects: [
    build('app'),
    tour('desktop-light', { colorScheme: 'light' }),
    tour('desktop-dark', { colorScheme: 'dark' }),
    tour('phone-light', { ...phone, colorScheme: 'light' }),
    tour('phone-dark', { ...phone, colorScheme: 'dark' }),
  ],
});
