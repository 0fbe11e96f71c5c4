import { hasToken, soleToken, type Value } from '../../model/values.ts';

const secretName =
  /(pass(word|wd|phrase)?|secret|token|credential|private_?key|api_?key|auth_?key|access_?key|salt|nonce|magic|dsn)($|_|[A-Z])/i;
/** Names that end like secrets but point at one, or say how it is made, kept or sent. */
const pointerName =
  /(_|^)(arn|id|name|url|uri|file|path|host|user|stage|class|prefix|key_?arn|key_?id)s?$|(Arn|Id|Name)$|(encryption|policy|length|days|expiry|expiration|ttl|lifetime|validity|type|version|status|mode|format|enabled|required|field|header|column|label|rotation|algorithm|method|provider|issuer|endpoint|audience)s?$/i;

/** What is a secret by its look, wherever it stands: keys of AWS and of others, private keys, addresses with a password. */
const secretLook = new RegExp(
  [
    'AKIA[0-9A-Z]{16}',
    '-----BEGIN [A-Z ]*PRIVATE KEY-----',
    'xox[baprs]-[0-9A-Za-z-]{10}',
    '[sr]k_(?:live|test)_[0-9A-Za-z]{8}',
    'gh[pousr]_[A-Za-z0-9]{20}',
    'github_pat_[A-Za-z0-9_]{20}',
    'glpat-[A-Za-z0-9_-]{20}',
    'npm_[A-Za-z0-9]{36}',
    'AIza[0-9A-Za-z_-]{35}',
    'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}',
    'shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}',
    'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+',
    'hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9]+/[A-Za-z0-9]+',
    'discord(?:app)?\\.com/api/webhooks/\\d+/[A-Za-z0-9_-]+',
    '[a-z0-9]+\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@-]+',
    '[?&](?:api_?key|access_?token|token|sig|secret)=[A-Za-z0-9%._~-]{12,}',
    '[a-z+]+://[^/\\s:@"\'$]+:[^/\\s:@"\'$]+@',
  ].join('|'),
);

/** In code and commands: a name of a secret, and a text given to it that is no variable. */
const assignment =
  /(?:^|[^A-Za-z0-9])([A-Za-z0-9_.-]*(?:passw(?:or)?d|passphrase|secret|token|api_?key|access_?key|private_?key|auth_?key)[A-Za-z0-9_]*)["']?(?:\]|\))?\s*(?:[:=]|=>|\s)\s*["']?([^\s"'`$<>{}()[\],;|&\\]{6,})/gi;
/** Of clients that take a password stuck to their option. */
const stuckPassword = /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n;|]*\s-p([^\s"'$]{6,})/;

/** What somebody wrote down as a password has a digit, or signs that no word of a language has. */
const looksChosen = (text: string) =>
  /[A-Za-z]/.test(text) && /[0-9!@#%^*?~+]/.test(text) && !/^(?:https?:|arn:|s3:|\/|\.)/.test(text);

/** Whether a text gives away a secret by its look, or hands on what CloudFormation fetched for it. */
export function holdsSecret(value: string): boolean {
  return secretLook.test(value) || fetchesSecret(value);
}

const fetched = /\{\{resolve:(?:secretsmanager|ssm-secure):([^}]*)/g;
/** Parts of a secret that say where and as whom it is used: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html */
const openPart =
  /:SecretString:(?:user_?name|host|port|engine|db_?name|db(?:Instance|Cluster)Identifier)(?::[^:]*){0,2}$/i;

/** Whether CloudFormation puts a secret in the place of a reference in the value. */
export function fetchesSecret(value: string): boolean {
  return [...value.matchAll(fetched)].some(([, reference = '']) => !openPart.test(reference));
}

/** Whether a setting of free name, such as an environment variable, holds a secret in plain text. */
export function isExposed(name: string, value: Value | undefined): boolean {
  if (typeof value !== 'string' || value === '') return false;
  if (holdsSecret(value)) return true;
  if (!secretName.test(name) || pointerName.test(name)) return false;
  return isWrittenOut(value);
}

/** A reference to a resource, a switch or a number is no secret; neither is where to find one. */
export function isWrittenOut(value: string): boolean {
  if (value === '' || soleToken(value) || hasToken(value) || /^(true|false|on|off|\d+)$/i.test(value))
    return false;
  return !/^(arn:|\/|https?:\/\/[^@]*$|\{\{resolve:|\$\{[^}]*\}$)/.test(value);
}

/** Names in code or commands to which a secret is given in plain text. */
export function secretsInCode(code: string): readonly string[] {
  const given = [...code.matchAll(assignment)].flatMap(([, name = '', value = '']) =>
    pointerName.test(name) || hasToken(value) || !looksChosen(value) ? [] : [name],
  );
  const stuck = stuckPassword.exec(code)?.[1];
  return [...new Set([...given, ...(stuck !== undefined && !hasToken(stuck) ? ['-p'] : [])])];
}
