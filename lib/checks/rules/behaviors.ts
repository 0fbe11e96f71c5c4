import { asWritten, at, list, type Value } from '../model/values.ts';

/** The default behaviour and each further one, by the path it is for. */
export function behaviors(config: Value | undefined): [string, Value | undefined][] {
  return [
    ['DefaultCacheBehavior', at(config, 'DefaultCacheBehavior')],
    ...list(at(config, 'CacheBehaviors')).map((behavior): [string, Value] => [
      `CacheBehavior ${asWritten(at(behavior, 'PathPattern'))}`,
      behavior,
    ]),
  ];
}
