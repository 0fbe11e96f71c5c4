/** Tags that every resource of an environment carries, with the names of shop and environment. */
export const shopTags = { shop: 'secure-shop:shop', environment: 'secure-shop:environment' } as const;
