/** Whether to take every scheme, point and repetition of what the tests otherwise take a sample of. */
export const everyPoint = process.env.SECURE_SHOP_EVERY_POINT === '1';
