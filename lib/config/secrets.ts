/** Tokens that announce themselves: payment, AWS, source code and mail providers; keys and signed tokens. */
const knownTokens =
  /(sk|rk)_(live|test)_\w+|whsec_\w+|\b(AKIA|ASIA)[A-Z0-9]{12,}|gh[pousr]_\w{20,}|github_pat_\w+|xox[abprs]-[\w-]+|AIza[\w-]{20,}|SG\.[\w-]{10,}\.[\w-]+|shp(at|ss|ca|pa)_\w+|eyJ[\w-]{8,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/:@]+:[^\s/@]+@/;

/** A run of characters as generators make them: hexadecimal, or letters of both cases with digits. */
const randomRuns = /[A-Za-z0-9+/_=-]{20,}/g;

export function looksSecret(text: string): boolean {
  if (knownTokens.test(text)) return true;
  return (text.match(randomRuns) ?? []).some(
    (run) =>
      (/^[0-9a-f]{32,}$/i.test(run) && /\d/.test(run) && /[a-f]/i.test(run)) ||
      (/\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && mixesCases(run)),
  );
}

/** `camelCaseNames2` change case seldom; generated text does so all the time. */
function mixesCases(run: string): boolean {
  const changes = run.match(/[a-z](?=[A-Z0-9])|[A-Z0-9](?=[a-z])|\d(?=[A-Z])/g) ?? [];
  return changes.length >= run.length / 5;
}

/** Names of environment variables whose value is a secret, such as `SMTP_PASSWORD` or `API_KEY`. */
export function namesSecret(variable: string): boolean {
  if (/PUBLIC|PUBLISHABLE|SITE_?KEY/.test(variable)) return false;
  return /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?|SALT|_KEY)$/.test(
    variable,
  );
}

/** For text that others wrote, such as an exception's message: what looks secret is left out. */
export function redact(text: string): string {
  return text
    .split(/(\s+|["'`,;()[\]{}<>])/)
    .map((part) => (looksSecret(part) ? '(not shown: looks like a secret)' : part))
    .join('');
}
