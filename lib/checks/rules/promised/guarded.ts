import type { Keeps } from './differences.ts';
import { access } from './guarded/access.ts';
import { edge } from './guarded/edge.ts';
import { network } from './guarded/network.ts';
import { stores } from './guarded/stores.ts';
import { each, type Guarded } from './guarded/table.ts';
import { watch } from './guarded/watch.ts';
import { workloads } from './guarded/workloads.ts';
import { ranked } from './orders.ts';

/** Texts for people, and names that nothing else is known by. */
export const texts =
  /(?:^|\.)(?:\w*Tags|TagSpecifications|\w*Description|description|Comment|DisplayName|Sid|AlarmName|PolicyName|SelectionName|BackupPlanName|RuleName|StreamName|FilterName|StatementId)(?:\.|$)|^CustomResponseBodies\.[^.]*\.Content$/;

/** Why somebody is declared: other words for people, as long as there are some. */
export const declaredReasons = /^secure-shop:(?:readers\.|no-rotation$)/;

/** Switches against deleting something by mistake. */
export const protections = /(?:^|\.)(?:Deletion|Termination)Protection(?:Enabled)?$/;

/** What becomes of a resource when it leaves its template. */
export const attributes: Readonly<Record<string, Keeps>> = each(
  'DeletionPolicy UpdateReplacePolicy',
  ranked('', 'Delete', 'Snapshot', 'RetainExceptOnCreate', 'Retain'),
);

/** By type, in rooms. */
export const guarded: Readonly<Record<string, Guarded>> = {
  ...access,
  ...edge,
  ...network,
  ...stores,
  ...watch,
  ...workloads,
};

/** Of a type that the table leaves out everything has to stay. */
export const unlisted: Guarded = { invariant: 'NET2' };
