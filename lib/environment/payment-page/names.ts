/** Namespace of what the watch counts. */
export const watchNamespace = 'SecureShop/PaymentPage';
/** Beside the code of the canary. */
export const watchedPageFile = './watched-page.json';
