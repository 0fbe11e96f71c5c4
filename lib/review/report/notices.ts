import type { Bilingual } from '../../checks/bilingual.ts';
import type { Shop } from '../../config/index.ts';
import { declarationKeys } from '../../declarations/keys.ts';
import { closedScreens } from '../../environment/perimeter/export-screens.ts';
import { isObject } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';

/** Something the config allows that a reviewer must hear of before anything else. */
export interface Notice {
  readonly kind:
    | 'waf-count'
    | 'waf-exception'
    | 'open-function'
    | 'disposable'
    | 'no-vpn'
    | 'vpn-beside-browser'
    | 'one-zone'
    | 'export-screens'
    | 'scripts'
    | 'template';
  /** Empty when it is about all environments. */
  readonly environment: string;
  readonly text: Bilingual;
}

export function noticesOf(shop: Shop): Notice[] {
  const notices: Notice[] = shop.platform.openFunctions.map((path) => ({
    kind: 'open-function',
    environment: '',
    text: {
      en: `The config opens ${path} to the Internet, which the preset closes: whoever signs in as staff can use it from anywhere.`,
      ja: `設定により ${path} をインターネットに公開しています。スタッフとしてログインできる人は、どこからでも使えます。`,
    },
  }));
  for (const [
    environment,
    { waf, disposable, admin, domain, network, exports, customerData },
  ] of Object.entries(shop.environments)) {
    if (waf.mode === 'count') {
      notices.push({
        kind: 'waf-count',
        environment,
        text: {
          en: `The web ACL of ${environment} only counts: attacks on ${domain} that the managed rules recognize are let through. Meant for the first week; set waf.mode to "block".`,
          ja: `${environment} の Web ACL は検知のみで遮断しません。マネージドルールが見つけた ${domain} への攻撃も通過します。最初の 1 週間だけの設定です。waf.mode を "block" にしてください。`,
        },
      });
    }
    for (const { group, rule, paths, until, reason } of waf.exceptions) {
      const en = paths.length > 0 ? `at ${paths.join(', ')}` : 'everywhere';
      const ja = paths.length > 0 ? paths.join('、') : 'すべてのパス';
      notices.push({
        kind: 'waf-exception',
        environment,
        text: {
          en: `The web ACL of ${environment} does not block on ${rule} of ${group} ${en}, until ${until}: ${reason}`,
          ja: `${environment} の Web ACL は ${until} まで、${group} の ${rule} では遮断しません(対象: ${ja})。理由: ${reason}`,
        },
      });
    }
    if (exports && !closedScreens(shop.platform, { customerData })) {
      notices.push({
        kind: 'export-screens',
        environment,
        text: {
          en: `${environment} has a desk for exports, and screens of the shop software that export customers and orders are open besides (customerData in the config).`,
          ja: `${environment} には書き出しの窓口がありますが、顧客や注文を書き出すショップソフトの画面も開いています (設定の customerData)。`,
        },
      });
    }
    if (disposable) notices.push(disposableNotice(environment, environment));
    const [zone, ...others] = network.workloadZones;
    if (others.length === 0) {
      notices.push({
        kind: 'one-zone',
        environment,
        text: {
          en: `${environment} stands in one zone: when ${zone} fails, the shop is away until it is back, or until it was restored in another one (docs/cost.md). The larger tiers outlive a zone.`,
          ja: `${environment} は 1 つのゾーンにあります。${zone} が止まると、戻るか、別のゾーンに復元するまで、ショップも止まります (docs/cost.ja.md)。上位の tier はゾーンの停止に耐えます。`,
        },
      });
    }
    if (admin.vpn.certificateArn && admin.secureBrowser) {
      notices.push({
        kind: 'vpn-beside-browser',
        environment,
        text: {
          en: `${environment} has a VPN beside the secure browser: whoever comes by VPN can copy, print and save what the admin screens show. Without admin.vpn.certificateArn the browser is the only way in.`,
          ja: `${environment} にはセキュアブラウザーのほかに VPN があります。VPN で入った人は、管理画面の内容をコピー、印刷、保存できます。admin.vpn.certificateArn を外すと、入り口はブラウザーだけになります。`,
        },
      });
    }
    if (!admin.vpn.certificateArn && !admin.secureBrowser) {
      notices.push({
        kind: 'no-vpn',
        environment,
        text: {
          en: `${environment} has no VPN yet: nobody can reach the admin screens until admin.vpn.certificateArn is set.`,
          ja: `${environment} にはまだ VPN がありません。admin.vpn.certificateArn を設定するまで、誰も管理画面に入れません。`,
        },
      });
    }
  }
  return notices;
}

/** What templates without their config tell: what dangles in them, and whether their environment says it may go. */
export function noticesOfTemplates(
  stacks: readonly StackTemplate[],
  remarks: readonly Bilingual[],
): Notice[] {
  const disposable = new Map(
    stacks.flatMap(({ environment, name, template: { Metadata } }) => {
      const declared = isObject(Metadata) ? Metadata[declarationKeys.environment] : undefined;
      if (!isObject(declared) || declared.disposable !== true) return [];
      return [[environment, disposableNotice(environment, environment || name)] as const];
    }),
  );
  const dangling = remarks.map((text): Notice => ({ kind: 'template', environment: '', text }));
  return [...disposable.values(), ...dangling];
}

function disposableNotice(environment: string, name: string): Notice {
  return {
    kind: 'disposable',
    environment,
    text: {
      en: `${name} is disposable: its data, backups and logs may be deleted. It must not hold data of real customers.`,
      ja: `${name} は破棄できる環境です。データ、バックアップ、ログを削除できます。実際の顧客のデータを置かないでください。`,
    },
  };
}
