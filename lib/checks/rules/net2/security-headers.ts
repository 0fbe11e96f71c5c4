import { at, display, isTrue, list, numeric, text, type Value } from '../../model/values.ts';
import { behaviors } from '../behaviors.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

const aYear = 31_536_000;

/** Every page tells the browser to insist on HTTPS and whose scripts it may run. */
export const securityHeaders = defineRule({
  invariant: 'NET2',
  finding: 'SecurityHeaders',
  en: 'Every page carries HSTS and a content-security-policy that names its hosts',
  ja: '全ページにHSTSとホストを限定したCSPが付く',
  appliesTo: ['AWS::CloudFront::ResponseHeadersPolicy'],
  judge({ properties }) {
    const config = properties.ResponseHeadersPolicyConfig;
    const headers = at(config, 'SecurityHeadersConfig');
    return [
      hsts(at(headers, 'StrictTransportSecurity')),
      policy(at(headers, 'ContentSecurityPolicy')),
      sniffing(headers),
      framing(headers),
      referrer(headers),
      sharing(at(config, 'CorsConfig')),
    ];
  },
});

/** The headers are only worth something on the behaviours that use them. */
export const securityHeadersUsed = defineRule({
  invariant: 'NET2',
  finding: 'SecurityHeadersUsed',
  en: 'Every behaviour of a distribution adds the security headers',
  ja: '全ビヘイビアがセキュリティヘッダーを付ける',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge({ properties }, { graph, declared }) {
    if (!declared) return skip('the application may send the headers itself');
    return behaviors(properties.DistributionConfig).map(([name, behavior]) => {
      const value = at(behavior, 'ResponseHeadersPolicyId');
      if (value === undefined) return fail(`${name} adds no response headers policy`);
      const target = graph.target(value, 'AWS::CloudFront::ResponseHeadersPolicy');
      return target
        ? pass(`${name} adds ${target.logicalId}`)
        : fail(`${name} uses ${display(value)}, which these templates do not show`);
    });
  },
});

/** Whether it also binds the names below the shop's is the owner's choice: another host of the firm may lie there. */
function hsts(value: Value | undefined): Verdict {
  const age = numeric(at(value, 'AccessControlMaxAgeSec'));
  if (age === undefined || age < aYear)
    return fail(`HSTS max-age is ${age ?? 'not set'}; expected a year or more`);
  if (!isTrue(at(value, 'Override'))) return fail('the origin may replace the HSTS header');
  return isTrue(at(value, 'Preload')) && !isTrue(at(value, 'IncludeSubdomains'))
    ? fail('HSTS asks for preload without the names below (IncludeSubdomains): browsers refuse it')
    : pass('HSTS lasts a year or more');
}

function policy(value: Value | undefined): Verdict {
  const written = text(at(value, 'ContentSecurityPolicy'));
  if (written === undefined || written === '') return fail('there is no content-security-policy');
  if (!isTrue(at(value, 'Override'))) return fail('the origin may replace the content-security-policy');
  const directives = new Map(
    written.split(';').flatMap((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      return name ? [[name.toLowerCase(), sources] as const] : [];
    }),
  );
  const scripts = directives.get('script-src') ?? directives.get('default-src');
  if (!scripts) return fail('the content-security-policy does not limit scripts');
  const open = scripts.filter((source) => /^(\*|https?:|data:|blob:|http:\/\/.*|\*\.[a-z]+)$/i.test(source));
  if (open.length > 0) return fail(`scripts may come from ${open.join(', ')}`);
  if (scripts.includes("'unsafe-eval'")) return fail("scripts may run text as code ('unsafe-eval')");
  const sends = directives.get('connect-src') ?? directives.get('default-src');
  if (!sends || sends.some((source) => /^(\*|https?:|wss?:)$/i.test(source)))
    return fail('scripts may send what they read to any host (connect-src)');
  // Pictures and fonts may come from anywhere without running or sending anything.
  for (const [name, sources] of directives) {
    if (/^(img|media|font|style)-src$/.test(name)) continue;
    const wide = sources.filter((source) => /^(\*|https?:|wss?:|http:\/\/.*|\*\.[a-z]+)$/i.test(source));
    if (wide.length > 0) return fail(`${name} allows ${wide.join(', ')}`);
  }
  for (const name of ['frame-ancestors', 'object-src', 'base-uri', 'form-action']) {
    const sources =
      directives.get(name) ?? (name === 'object-src' ? directives.get('default-src') : undefined);
    if (!sources) return fail(`the content-security-policy has no ${name}`);
    if (sources.some((source) => source === '*' || source === 'http:'))
      return fail(`${name} allows ${sources.join(' ')}`);
  }
  return pass('the content-security-policy names its hosts');
}

/** Other sites read a customer's pages with the customer's cookies when any origin may, with credentials. */
function sharing(cors: Value | undefined): Verdict {
  const origins = list(at(cors, 'AccessControlAllowOrigins', 'Items'));
  return isTrue(at(cors, 'AccessControlAllowCredentials')) && origins.includes('*')
    ? fail('any site may read the pages with the cookies of its visitor (CorsConfig)')
    : pass('other sites cannot read the pages');
}

function sniffing(headers: Value | undefined): Verdict {
  return isTrue(at(headers, 'ContentTypeOptions', 'Override'))
    ? pass('types are not guessed')
    : fail('X-Content-Type-Options is not set');
}

function referrer(headers: Value | undefined): Verdict {
  const written = text(at(headers, 'ReferrerPolicy', 'ReferrerPolicy')) ?? '';
  return ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'].includes(written)
    ? pass('other sites do not learn which page was read')
    : fail(`ReferrerPolicy is ${written || 'not set'}: other sites learn which page was read`);
}

function framing(headers: Value | undefined): Verdict {
  const csp = text(at(headers, 'ContentSecurityPolicy', 'ContentSecurityPolicy')) ?? '';
  const frame = text(at(headers, 'FrameOptions', 'FrameOption'));
  if (frame !== undefined && !['DENY', 'SAMEORIGIN'].includes(frame))
    return unsure(`FrameOption is ${frame}`);
  return frame !== undefined || /frame-ancestors/.test(csp)
    ? pass('framing is limited')
    : fail('any site may frame the pages');
}
