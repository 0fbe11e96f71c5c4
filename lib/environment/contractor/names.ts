/** The one resource of a contractor that something outside its stack writes to: `secure-shop contractor` does. */
export function revocationPolicyName(shopName: string, environmentName: string): string {
  return `${shopName}-${environmentName}-contractor-revocation`;
}

export function revocationPolicyArn(
  shopName: string,
  { name, account }: { readonly name: string; readonly account: string },
): string {
  return `arn:aws:iam::${account}:policy/${revocationPolicyName(shopName, name)}`;
}
