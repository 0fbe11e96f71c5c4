import type { Row } from '../../../checks/recorder/row.ts';
import { shownLocation, shownResource } from '../locations.ts';
import { placeOf } from '../places.ts';
import type { Review } from '../review.ts';

/** `junit.xml`: a suite for each pack, a case for each row; acknowledged and undecided rows are skipped cases. */
export function junitXml({ title, packs, rows, generated }: Review): string {
  const suites = packs.map(({ pack, outcomes, open }) => {
    const cases = rows.filter(({ rule }) => rule.pack === pack);
    const skipped = outcomes.acknowledged + outcomes.undecided;
    return [
      `  <testsuite name="${xml(pack)}" tests="${cases.length}" failures="${open - outcomes.error}" errors="${outcomes.error}" skipped="${skipped}" timestamp="${generated.toISOString().slice(0, 19)}">`,
      ...cases.map(testCase),
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(title)}" tests="${rows.length}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(row: Row): string {
  const { rule, finding, resource, outcome, reason } = row;
  const open = `    <testcase classname="${xml(resource.path)}" name="${xml(finding)}"`;
  const source = placeOf(row);
  const where = source ? `\n${shownLocation(source)}` : '';
  const text = xml(`${rule.info}\n${shownResource(resource)}${where}`);
  if (outcome === 'non-compliant') {
    return `${open}><failure message="${xml(rule.info)}" type="${rule.severity}">${text}</failure></testcase>`;
  }
  if (outcome === 'error') {
    return `${open}><error message="${xml(reason ?? rule.info)}" type="error">${text}</error></testcase>`;
  }
  if (outcome === 'compliant') return `${open}/>`;
  return `${open}><skipped message="${xml(`${outcome}: ${reason ?? rule.info}`)}"/></testcase>`;
}

function xml(text: string): string {
  return (
    text
      // XML 1.0 has no way to write control characters and lone surrogates.
      .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
  );
}
