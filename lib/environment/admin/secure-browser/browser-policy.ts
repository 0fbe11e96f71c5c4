/** Opens a list of addresses at the start. */
const openTheseAtStart = 4;
/** No downloads at all, not even to the disk of the session. */
const blockAllDownloads = 3;
const incognitoDisabled = 1;

/**
 * Policies of Chrome for every session, as AWS takes them: it opens the admin host, and nothing else.
 * https://docs.aws.amazon.com/workspaces-web/latest/adminguide/browser-policies.html
 * https://chromeenterprise.google/policies/
 *
 * @param address of the admin host with its port, such as `https://admin.example.jp:8443`
 * @returns JSON
 */
export function browserPolicy(address: string): string {
  const policies = {
    URLBlocklist: ['*'],
    URLAllowlist: [address],
    RestoreOnStartup: openTheseAtStart,
    RestoreOnStartupURLs: [address],
    DownloadRestrictions: blockAllDownloads,
    // Pages opened so, or deleted afterwards, would be missing in the record.
    IncognitoModeAvailability: incognitoDisabled,
    AllowDeletingBrowserHistory: false,
  };
  return JSON.stringify({
    chromePolicies: Object.fromEntries(Object.entries(policies).map(([name, value]) => [name, { value }])),
  });
}
