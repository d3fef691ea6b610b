import { expect, test } from 'vitest';
import { decimal, dividedBy, half, minus, parseDecimal, plus, shortest, times, toNumber, writeDecimal } from './decimal';

const read = (text: string) => toNumber(parseDecimal(text) ?? { digits: 77n, places: 0 });

test('reads numbers as they are written, and rejects anything else', () => {
  for (const text of ['0', '0.5', '-12.25', '+3', '.5', '7.', '1e3', '1.5E-7', '-0.000001', '0.1234567890123456789']) {
    expect(read(text)).toBe(Number(text));
  }
  for (const text of ['', '.', 'x', '1,5', 'nan', 'inf', '0x10', '1e', '1e9999', '--1', '1 2'])
    expect(parseDecimal(text)).toBeUndefined();
  expect(Object.is(read('-0'), 0)).toBe(true);
});

test('arithmetic is exact', () => {
  expect(toNumber(plus(decimal(0.1), decimal(0.2)))).toBe(0.3);
  expect(toNumber(minus(decimal(0.3), decimal(0.1)))).toBe(0.2);
  expect(toNumber(half(decimal(-0.3)))).toBe(-0.15);
  expect(toNumber(times(decimal(1e-7), 3n))).toBe(3e-7);
});

test('rounds a quotient to the nearest decimal', () => {
  expect(writeDecimal(dividedBy(decimal(2), 3n, 4))).toBe('0.6667');
  expect(writeDecimal(dividedBy(decimal(-2), 3n, 4))).toBe('-0.6667');
  expect(writeDecimal(dividedBy(decimal(1.23456), 1n, 2))).toBe('1.23');
  expect(writeDecimal(dividedBy(decimal(512), 1024n, 6))).toBe('0.5');
  expect(writeDecimal(dividedBy(decimal(0), 3n, 6))).toBe('0');
});

test('writes as many digits as are needed, and no more', () => {
  const share = (value: number) =>
    writeDecimal(
      shortest(
        value,
        (places) => dividedBy(decimal(value), 640n, places),
        (made) => toNumber(times(made, 640n)),
      ),
    );
  expect(share(320)).toBe('0.5');
  expect(share(100)).toBe('0.15625');
  expect(share(0.1).length).toBeLessThan(20);
});
