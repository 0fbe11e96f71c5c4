import {
  checkAccountServices,
  checkArns,
  checkBackupAccount,
  checkContractor,
  checkDisposable,
  checkHostedZones,
  checkVpnCertificates,
} from './rules/account.ts';
import { checkBuildContext, checkFolders, checkVariables } from './rules/container.ts';
import { checkCustomerData } from './rules/customer-data.ts';
import { checkHosts } from './rules/hosts.ts';
import { checkMail } from './rules/mail.ts';
import { checkNetworks, checkZones } from './rules/networks.ts';
import {
  checkConnectionRules,
  checkExceptions,
  checkExports,
  checkHours,
  checkPeople,
  checkRotation,
  checkSecureBrowser,
  checkWaf,
} from './rules/operation.ts';
import { checkPaths } from './rules/paths.ts';
import { environmentsOf, type Report, type ShopDraft } from './rules/rule.ts';
import { checkWafExceptions } from './rules/waf.ts';

export interface RuleOptions {
  /** Folder of the config file. @default whether the build context exists is not checked */
  readonly folder?: string | undefined;
}

/** Everything that no setting can tell by itself. What is missing or wrong in itself is reported already. */
export function checkShop(shop: ShopDraft, report: Report, { folder }: RuleOptions): void {
  const { platform } = shop;
  const environments = environmentsOf(shop);
  if (platform !== undefined) checkPaths(platform, report);
  if (platform?.preset === 'custom') {
    checkVariables(platform, report);
    checkFolders(platform, report);
    // With a repository of its own in every environment, nothing is built from the folder.
    const isBuilt = environments.some(([, { patching }]) => patching?.source === undefined);
    if (folder !== undefined && isBuilt) checkBuildContext(platform, folder, report);
  }

  checkHosts(environments, report);
  checkHostedZones(environments, report);
  checkVpnCertificates(environments, report);
  checkAccountServices(environments, report);
  for (const [name, environment] of environments) {
    checkDisposable(name, environment, report);
    checkArns(name, environment, report);
    checkContractor(name, environment, report);
    checkBackupAccount(name, environment, report);
    checkNetworks(name, environment, report);
    checkZones(name, environment, report);
    checkRotation(name, environment, report);
    checkPeople(name, environment, report);
    checkConnectionRules(name, environment, report);
    checkHours(name, environment, report);
    checkSecureBrowser(name, environment, report);
    checkExceptions(name, environment, report);
    checkExports(name, environment, platform?.preset, report);
    checkCustomerData(name, environment, platform, report);
    checkWaf(name, environment, platform, report);
    checkWafExceptions(name, environment, platform, report);
    checkMail(name, environment, platform, report);
  }
}
