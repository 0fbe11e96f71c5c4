/** A package as dpkg's status file has it. */
interface Installed {
  readonly name: string;
  /** Whether every system of Debian has it. */
  readonly basic: boolean;
  readonly provides: readonly string[];
  /** What it depends on: of each group one is enough. */
  readonly needs: readonly (readonly string[])[];
}

/** Packages that are installed. @param status text of /var/lib/dpkg/status */
export function installedPackages(status: string): readonly Installed[] {
  return stanzas(status)
    .filter((fields) => fields.Status === 'install ok installed')
    .map((fields) => ({
      name: fields.Package ?? '',
      basic: fields.Essential === 'yes' || fields.Priority === 'required',
      provides: names(fields.Provides).flat(),
      needs: [...names(fields['Pre-Depends']), ...names(fields.Depends)],
    }));
}

/**
 * Installed packages that nobody asked for by name, and that nothing depends on which somebody did. What is only
 * recommended is not needed.
 *
 * @param asked names that the image needs
 */
export function unneededPackages(status: string, asked: readonly string[]): string[] {
  const installed = installedPackages(status);
  const holders = new Map<string, Installed[]>();
  for (const each of installed) {
    for (const name of [each.name, ...each.provides]) holders.set(name, [...(holders.get(name) ?? []), each]);
  }
  const needed = new Set(installed.filter(({ name, basic }) => basic || asked.includes(name)));
  for (const each of needed) {
    for (const one of each.needs.flat().flatMap((name) => holders.get(name) ?? [])) needed.add(one);
  }
  return installed.filter((each) => !needed.has(each)).map(({ name }) => name);
}

/** Those that apt holds for asked for by name. @param states text of /var/lib/apt/extended_states */
export function manualPackages(status: string, states: string): string[] {
  const automatic = new Set(
    stanzas(states)
      .filter((fields) => fields['Auto-Installed'] === '1')
      .map(({ Package }) => Package ?? ''),
  );
  return installedPackages(status)
    .filter(({ name, basic }) => !basic && !automatic.has(name))
    .map(({ name }) => name);
}

function stanzas(text: string): Readonly<Record<string, string>>[] {
  return text
    .split(/\n\n+/)
    .map((each) =>
      Object.fromEntries(
        [...each.matchAll(/^([A-Za-z-]+): (.*(?:\n[ \t].*)*)/gm)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      ),
    );
}

/** `libc6 (>= 2.36), debconf | debconf-2.0`: groups of names, without versions and architectures. */
function names(written = ''): string[][] {
  return written
    .split(',')
    .map((group) => group.split('|').map((name) => name.trim().replace(/[ :(].*$/s, '')))
    .filter(([first]) => first !== '');
}
