/** What our own pack is called in reports and acknowledgements, and what the ids of its rules begin with. */
export const packName = 'SecureShop';
