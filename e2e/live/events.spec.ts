/** Events while a camera is running. */
import { test } from '../support/camera';
import { expect } from '../support/test';

test.beforeEach(async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
});

test('a newly connected camera is announced, and can be chosen', async ({ photo, page }) => {
  await page.getByRole('button', { name: 'Start camera' }).click();
  const choice = page.getByRole('combobox', { name: 'Camera' });
  await expect(choice.getByRole('option')).toHaveCount(1);
  await page.evaluate(async () => {
    const devices = navigator.mediaDevices;
    const known = await devices.enumerateDevices();
    const second = { kind: 'videoinput', deviceId: 'second', groupId: '', label: 'Second camera' };
    devices.enumerateDevices = async () => [...known, { ...second, toJSON: () => second } as MediaDeviceInfo];
    devices.dispatchEvent(new Event('devicechange'));
  });
  await expect(photo.live).toContainText('Second camera was connected');
  await expect(choice.getByRole('option', { name: 'Second camera' })).toHaveCount(1);
});
