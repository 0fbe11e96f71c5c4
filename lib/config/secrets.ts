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

/** Words run together, as in `camelCaseNames2`, begin a new one seldom; generated text seems to do so all the time. */
function mixesCases(run: string): boolean {
  const beginnings = run.match(/[a-z](?=[A-Z0-9])|\d(?=[A-Za-z])/g) ?? [];
  return beginnings.length > run.length * 0.15;
}

/** An environment variable such as `SMTP_PASSWORD` or, with a long value, `APP_KEY`. */
export function holdsSecret(variable: string, value: string): boolean {
  if (value === '') return false;
  if (looksSecret(value)) return true;
  if (/PUBLIC|PUBLISHABLE|SITE_?KEY/.test(variable)) return false;
  const namesSecret =
    /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|(PRIVATE|ACCESS|SECRET)_?KEY|CREDENTIALS?|SALT)$/;
  return namesSecret.test(variable) || (/_KEY$/.test(variable) && value.length >= 16);
}

/** For text that others wrote, such as an exception's message: what looks secret is left out. */
export function redact(text: string): string {
  return text
    .split(/(\s+|["'`,;()[\]{}<>])/)
    .map((part) => (looksSecret(part) ? '(not shown: looks like a secret)' : part))
    .join('');
}
