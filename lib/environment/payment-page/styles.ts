/**
 * Addresses on hosts that a style sheet names, used or not: a rule that asks for a picture only when a field holds a certain
 * text tells somebody what was typed, and never asks for it when nobody types.
 *
 * @returns such as `https://cdn.example.com/a.png`; relative ones lead nowhere new
 */
export function addressesInStyle(css: string): string[] {
  const said = unescaped(css.replace(/\/\*[\s\S]*?\*\//g, ''));
  const asked = said.matchAll(
    /(?:url|src)\(\s*["']?\s*((?:https?:|wss?:)?\/\/[^"')\s]+)|@import\s+["']\s*((?:https?:)?\/\/[^"'\s]+)/gi,
  );
  const pictures = [...said.matchAll(/image-set\(((?:[^()]|\([^()]*\))*)\)/gi)].flatMap(([, inner = '']) => [
    ...inner.matchAll(/["']\s*((?:https?:)?\/\/[^"'\s]+)/gi),
  ]);
  return [...asked, ...pictures].flatMap(([, one, other]) => {
    const address = one ?? other ?? '';
    const whole = address.startsWith('//') ? `https:${address}` : address;
    return URL.canParse(whole) ? [whole] : [];
  });
}

/** https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point */
function unescaped(css: string): string {
  return css.replace(/\\(?:([0-9a-f]{1,6})\s?|\r?\n|([^0-9a-f]))/gi, (_, code?: string, letter?: string) => {
    if (code === undefined) return letter ?? '';
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  });
}
