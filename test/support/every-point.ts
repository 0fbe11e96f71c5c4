/** Whether to take every scheme, point and repetition of what the tests otherwise take a sample of. */
export const everyPoint = process.env.SECURE_SHOP_EVERY_POINT === '1';

/** Every second of what is alike, others by chance in each run; all of it with `SECURE_SHOP_EVERY_POINT=1`. */
export function everySecond<T>(all: readonly T[]): readonly T[] {
  const first = Math.floor(Math.random() * 2);
  return everyPoint ? all : all.filter((_, index) => index % 2 === first);
}
