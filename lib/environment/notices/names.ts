/** Names that what tells the owner gives away: a function makes the parameter, no template does. */
export function noticesNames(shop: string, environment: string): { readonly toldFindings: string } {
  return { toldFindings: `/secure-shop/${shop}/${environment}/told-findings` };
}
