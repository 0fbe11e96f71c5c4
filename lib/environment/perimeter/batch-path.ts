/** The store API's address for several calls at once, at whatever depth. */
export const batchPath = '(?i)/wc/store(?:/v\\d+)?/batch';
