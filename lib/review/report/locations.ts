import { isAbsolute, relative } from 'node:path';
import type { ResourceRef, SourceLocation } from '../../checks/recorder/row.ts';

/** The file as one names it from the working folder; files outside of it keep their absolute name. */
export function shownFile(file: string): string {
  const fromHere = relative(process.cwd(), file);
  const shown = fromHere.startsWith('..') || isAbsolute(fromHere) ? file : fromHere;
  return shown.replaceAll('\\', '/');
}

export function shownLocation({ file, line, column }: SourceLocation): string {
  return `${shownFile(file)}:${line}:${column}`;
}

/** A resource as a person reads it: its construct path, or stack and logical id where only a template is known. */
export function shownResource({ path }: Pick<ResourceRef, 'path'>): string {
  return path.replace(/\/Resource$/, '');
}

/** A resource of a template: its construct path, or stack and logical id without one. */
export function shownLogical(
  stack: string,
  logicalId: string,
  metadata: Readonly<Record<string, unknown>> | undefined,
): string {
  const path = metadata?.['aws:cdk:path'];
  return shownResource({ path: typeof path === 'string' ? path : `${stack}/${logicalId}` });
}
