/** Names on which the desk, the secrets that its roles read, the trail and the command line agree. */
export function deskNames(shop: string, environment: { readonly name: string; readonly account: string }) {
  const prefix = `${shop}-${environment.name}`;
  const exportRole = `${prefix}-export`;
  const personRole = (person: string) => `${prefix}-exports-of-${person}`;
  return {
    /** Bucket names are the world's: the account makes it one's own. */
    bucket: `${prefix}-exports-${environment.account}`,
    /** Where the command line finds the function. */
    functionParameter: `/secure-shop/${shop}/${environment.name}/export-function`,
    exportRole,
    personRole,
  };
}
