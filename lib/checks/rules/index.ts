import { adminPathsDeclared } from './adm1/admin-paths-declared.ts';
import { listenerRefusesAdmin, webAclRefusesAdmin } from './adm1/admin-paths-refused.ts';
import { functionsRefused } from './adm1/functions-refused.ts';
import { pathKept } from './adm1/path-kept.ts';
import { refusalScope } from './adm1/refusal-scope.ts';
import { refusalShown } from './adm1/refusal-shown.ts';
import { ruleOrder } from './adm1/rule-order.ts';
import { connectionRules } from './adm2/connection-rules.ts';
import { hostAccess } from './adm2/host-access.ts';
import { secureBrowser } from './adm2/secure-browser.ts';
import { userPool } from './adm2/user-pool.ts';
import { vpnAuthentication, vpnSessions } from './adm2/vpn-authentication.ts';
import { vpnGroups } from './adm2/vpn-groups.ts';
import { alarmHeard, topicEncrypted, topicSubscribed } from './alm1/alarm-heard.ts';
import { alarmReacts } from './alm1/alarm-reacts.ts';
import { deadLetters } from './alm1/dead-letters.ts';
import { detection } from './alm1/detection.ts';
import { eventPatterns } from './alm1/event-patterns.ts';
import { eventsEnabled } from './alm1/events-enabled.ts';
import { eventsHeard } from './alm1/events-heard.ts';
import { functionRuns } from './alm1/function-runs.ts';
import { functionSettings } from './alm1/function-settings.ts';
import { functionWatched } from './alm1/function-watched.ts';
import { hubChecks } from './alm1/hub-checks.ts';
import { measured } from './alm1/measured.ts';
import { pageWatched } from './alm1/page-watched.ts';
import { repeats } from './alm1/repeats.ts';
import { subscribers } from './alm1/subscribers.ts';
import { subscription } from './alm1/subscription.ts';
import { topicPublishers } from './alm1/topic-publishers.ts';
import { watched } from './alm1/watched.ts';
import { backedUp, backupSelection } from './dat1/backed-up.ts';
import { backupPlan } from './dat1/backup-plan.ts';
import { bucketClosed } from './dat1/bucket-closed.ts';
import { copies } from './dat1/copies.ts';
import { deletionProtection } from './dat1/deletion-protection.ts';
import { encrypted } from './dat1/encrypted.ts';
import { accessPointOnly, accessPointUser, fileSystemMount } from './dat1/file-system-mount.ts';
import { insightsKey } from './dat1/insights-key.ts';
import { keyRotation } from './dat1/key-rotation.ts';
import { recoverable, versionsKept } from './dat1/recoverable.ts';
import { restoreSelections } from './dat1/restore-selections.ts';
import { restoreTested } from './dat1/restore-tested.ts';
import { shopKeys } from './dat1/shop-keys.ts';
import { tlsOnly, tlsOnlyPolicy } from './dat1/tls-only.ts';
import { vaultLocked } from './dat1/vault-locked.ts';
import { broadManagedPolicy } from './dat2/broad-managed-policy.ts';
import { controlEdits } from './dat2/control-edits.ts';
import { customResources } from './dat2/custom-resources.ts';
import { databaseShell } from './dat2/database-shell.ts';
import { keyClass } from './dat2/key-class.ts';
import { keyPolicy } from './dat2/key-policy.ts';
import { noUsers } from './dat2/no-users.ts';
import { otherAccount } from './dat2/other-account.ts';
import { parameterWriters } from './dat2/parameter-writers.ts';
import { passRole } from './dat2/pass-role.ts';
import { policyAttachments } from './dat2/policy-attachments.ts';
import { publicFunction } from './dat2/public-function.ts';
import { publicPolicy } from './dat2/public-policy.ts';
import { roleShared } from './dat2/role-shared.ts';
import { taskShell } from './dat2/task-shell.ts';
import { trust } from './dat2/trust.ts';
import { undeclaredGrant } from './dat2/undeclared-grant.ts';
import { undeclaredReader } from './dat2/undeclared-reader.ts';
import { wildcardPolicy } from './dat2/wildcard-policy.ts';
import { exportScreensClosed } from './dat3/export-screens.ts';
import { exportsClosed, exportsDeleted, exportsHeard } from './dat3/exports.ts';
import { accessLogs } from './log1/access-logs.ts';
import { archiveKept, archiveLocked, archiveRefuses } from './log1/archive.ts';
import { configRecorder } from './log1/config-recorder.ts';
import { databaseAudit } from './log1/database-audit.ts';
import { dnsQueryLogs } from './log1/dns-query-logs.ts';
import { flowLogs, flowLogTraffic } from './log1/flow-logs.ts';
import { logDestination } from './log1/log-destination.ts';
import { functionLogs, logEncrypted, logRetention } from './log1/log-groups.ts';
import { logKeyUsable } from './log1/log-key-usable.ts';
import { sessionLogs } from './log1/session-logs.ts';
import { sessionRecorded } from './log1/session-recorded.ts';
import { trail } from './log1/trail.ts';
import { webAclLogContent, webAclLogs } from './log1/web-acl-logs.ts';
import { defaultGroup, defaultGroupUnused } from './net1/default-group.ts';
import { internetRoute } from './net1/internet-route.ts';
import { otherNetwork } from './net1/other-network.ts';
import { outsideNetwork } from './net1/outside-network.ts';
import { publicAddress } from './net1/public-address.ts';
import { publicSubnet } from './net1/public-subnet.ts';
import { cachePolicy } from './net2/cache-policy.ts';
import { countries } from './net2/countries.ts';
import { edgeCode } from './net2/edge-code.ts';
import { guardedPaths } from './net2/guarded-paths.ts';
import { knownKinds } from './net2/known-kinds.ts';
import { knownProperties } from './net2/known-properties.ts';
import { originTls } from './net2/origin-tls.ts';
import { otherEntrance } from './net2/other-entrance.ts';
import { privateOrigin } from './net2/private-origin.ts';
import { securityHeaders, securityHeadersUsed } from './net2/security-headers.ts';
import { shopRecords } from './net2/shop-records.ts';
import { viewerProtocol } from './net2/viewer-protocol.ts';
import { viewerTls } from './net2/viewer-tls.ts';
import { webAclAttached } from './net2/web-acl-attached.ts';
import { webAclBlocks } from './net2/web-acl-blocks.ts';
import { webAclRules } from './net2/web-acl-rules.ts';
import { listenerDefault } from './net3/listener-default.ts';
import { listenerHosts } from './net3/listener-hosts.ts';
import { listenerSources } from './net3/listener-sources.ts';
import { listenerTargets } from './net3/listener-targets.ts';
import { listenerTls } from './net3/listener-tls.ts';
import { loadBalancerHeaders } from './net3/load-balancer-headers.ts';
import { loadBalancerProtected } from './net3/load-balancer-protected.ts';
import { webAclAssociated } from './net3/web-acl-associated.ts';
import { databaseCertificate } from './net4/database-certificate.ts';
import { databaseClients } from './net4/database-clients.ts';
import { databaseLogins } from './net4/database-logins.ts';
import { databaseSubnets } from './net4/database-subnets.ts';
import { databaseTls, parameterGroupTls } from './net4/database-tls.ts';
import { groupCarriers } from './net4/group-carriers.ts';
import { openGroup, openGroupRule } from './net4/open-group.ts';
import { taskIngress } from './net4/task-ingress.ts';
import { tlsVerified } from './net4/tls-verified.ts';
import { vpnAuthorization, vpnEgress, vpnReach } from './net4/vpn-reach.ts';
import { wideGroup } from './net4/wide-group.ts';
import { declaredDomains } from './net5/declared-domains.ts';
import { dnsAllowList, dnsDomains } from './net5/dns-allow-list.ts';
import { dnsFirewallAssociated, dnsFirewallLocked } from './net5/dns-firewall-associated.ts';
import { egress } from './net5/egress.ts';
import { endpointPolicy } from './net5/endpoint-policy.ts';
import { failClosed } from './net5/fail-closed.ts';
import { functionInVpc } from './net5/function-in-vpc.ts';
import { otherExit } from './net5/other-exit.ts';
import { contractorBoundary } from './ops1/contractor-boundary.ts';
import { contractorHeard } from './ops1/contractor-heard.ts';
import { contractorRevocable } from './ops1/contractor-revocable.ts';
import { contractorTrust } from './ops1/contractor-trust.ts';
import { operatorReads } from './ops1/operator-reads.ts';
import { buildProject, pipelineArtifacts } from './pat1/build-project.ts';
import { buildSteps } from './pat1/build-steps.ts';
import { imageByDigest } from './pat1/image-by-digest.ts';
import { pipelineSource } from './pat1/pipeline-source.ts';
import { repository } from './pat1/repository.ts';
import { repositoryPushers } from './pat1/repository-pushers.ts';
import { scanGate } from './pat1/scan-gate.ts';
import { taskHardening } from './pat1/task-hardening.ts';
import { weeklyRebuild } from './pat1/weekly-rebuild.ts';
import { enginePatches } from './pat2/engine-patches.ts';
import { engineVersion } from './pat2/engine-version.ts';
import { hostPatches } from './pat2/host-patches.ts';
import { platformVersion } from './pat2/platform-version.ts';
import { runtimes } from './pat2/runtimes.ts';
import { promised } from './promised/index.ts';
import type { Rule } from './rule.ts';
import { containerSecrets } from './sec1/container-secrets.ts';
import { databaseIam } from './sec1/database-iam.ts';
import { masterSecret } from './sec1/master-secret.ts';
import { plainSecret } from './sec1/plain-secret.ts';
import { rotationInterval, rotationPermission, rotationSchedule } from './sec1/rotation-schedule.ts';
import { secretKey } from './sec1/secret-key.ts';
import { secretPolicy } from './sec1/secret-policy.ts';
import { secretReaders } from './sec1/secret-readers.ts';
import { alternatingUsers } from './sec2/alternating-users.ts';
import { refreshed } from './sec2/refreshed.ts';
import { rollout } from './sec2/rollout.ts';
import { rotationNetwork } from './sec2/rotation-network.ts';
import { rotationWatched } from './sec2/rotation-watched.ts';

/** Every rule, in the order of the invariants. */
export const rules: readonly Rule[] = [
  defaultGroup,
  defaultGroupUnused,
  internetRoute,
  otherNetwork,
  outsideNetwork,
  publicAddress,
  publicSubnet,
  cachePolicy,
  countries,
  edgeCode,
  knownKinds,
  knownProperties,
  originTls,
  otherEntrance,
  privateOrigin,
  securityHeaders,
  securityHeadersUsed,
  shopRecords,
  viewerProtocol,
  viewerTls,
  webAclAttached,
  webAclBlocks,
  webAclRules,
  guardedPaths,
  listenerSources,
  listenerDefault,
  listenerTls,
  listenerHosts,
  listenerTargets,
  loadBalancerHeaders,
  loadBalancerProtected,
  webAclAssociated,
  databaseClients,
  databaseLogins,
  databaseSubnets,
  databaseTls,
  parameterGroupTls,
  databaseCertificate,
  tlsVerified,
  openGroup,
  openGroupRule,
  taskIngress,
  vpnReach,
  vpnEgress,
  vpnAuthorization,
  wideGroup,
  groupCarriers,
  dnsAllowList,
  dnsDomains,
  declaredDomains,
  dnsFirewallAssociated,
  dnsFirewallLocked,
  egress,
  functionInVpc,
  otherExit,
  endpointPolicy,
  failClosed,
  webAclRefusesAdmin,
  listenerRefusesAdmin,
  functionsRefused,
  adminPathsDeclared,
  ruleOrder,
  pathKept,
  refusalShown,
  refusalScope,
  vpnAuthentication,
  vpnSessions,
  vpnGroups,
  connectionRules,
  hostAccess,
  secureBrowser,
  userPool,
  containerSecrets,
  plainSecret,
  rotationSchedule,
  rotationInterval,
  rotationPermission,
  secretKey,
  masterSecret,
  databaseIam,
  secretPolicy,
  secretReaders,
  rotationNetwork,
  rotationWatched,
  alternatingUsers,
  refreshed,
  rollout,
  backedUp,
  backupSelection,
  backupPlan,
  vaultLocked,
  restoreTested,
  restoreSelections,
  bucketClosed,
  deletionProtection,
  encrypted,
  fileSystemMount,
  accessPointUser,
  accessPointOnly,
  keyRotation,
  insightsKey,
  shopKeys,
  recoverable,
  versionsKept,
  tlsOnly,
  tlsOnlyPolicy,
  copies,
  broadManagedPolicy,
  noUsers,
  otherAccount,
  controlEdits,
  customResources,
  keyPolicy,
  keyClass,
  passRole,
  parameterWriters,
  policyAttachments,
  publicPolicy,
  publicFunction,
  roleShared,
  taskShell,
  databaseShell,
  trust,
  undeclaredReader,
  undeclaredGrant,
  wildcardPolicy,
  exportsClosed,
  exportsDeleted,
  exportsHeard,
  exportScreensClosed,
  buildProject,
  buildSteps,
  pipelineArtifacts,
  pipelineSource,
  imageByDigest,
  repository,
  repositoryPushers,
  taskHardening,
  weeklyRebuild,
  scanGate,
  enginePatches,
  engineVersion,
  runtimes,
  platformVersion,
  hostPatches,
  accessLogs,
  sessionLogs,
  sessionRecorded,
  configRecorder,
  archiveLocked,
  archiveKept,
  archiveRefuses,
  databaseAudit,
  flowLogs,
  flowLogTraffic,
  dnsQueryLogs,
  logRetention,
  logEncrypted,
  logKeyUsable,
  functionLogs,
  logDestination,
  trail,
  webAclLogs,
  webAclLogContent,
  alarmHeard,
  alarmReacts,
  topicSubscribed,
  subscribers,
  subscription,
  topicEncrypted,
  detection,
  hubChecks,
  deadLetters,
  repeats,
  functionRuns,
  functionSettings,
  functionWatched,
  measured,
  pageWatched,
  watched,
  eventsEnabled,
  eventsHeard,
  eventPatterns,
  topicPublishers,
  contractorTrust,
  contractorBoundary,
  contractorHeard,
  contractorRevocable,
  operatorReads,
  ...promised,
];
