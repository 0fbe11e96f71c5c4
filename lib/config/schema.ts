import { z } from 'zod';
import { isReservedBase } from './reserved-names.ts';
import { environment } from './schema/environment.ts';
import { payment } from './schema/payment.ts';
import { platform } from './schema/platform.ts';
import { slug } from './schema/texts.ts';

/**
 * The shape of `shop.config.ts`; its parts stand in schema/. Every `.describe()` is the reference documentation:
 * docs/configuration.md is generated from them, and CI fails when the two differ.
 *
 * What one field can tell about itself is checked here; what needs two fields is checked in rules.ts.
 */

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html and others. */
const shopName = slug('the shop name', 20)
  .refine(
    (name) => !/^(aws|amazon|amzn|ssm)(-|$)/.test(name),
    'write another name; AWS keeps names that begin like this for itself',
  )
  // The shop's database and its logins are named after it.
  .refine(
    (name) => !isReservedBase(name.replaceAll('-', '_')),
    'write another name; database servers keep this one for themselves',
  );

const environmentName = slug('the environment name', 16).refine(
  (name) => name !== 'constructor',
  'write another name, such as "production"; the CDK cannot take this one',
);

export const shopSchema = z.strictObject({
  name: shopName.describe('Short name of the shop; it begins the name of every stack.'),
  platform: platform.prefault({ preset: 'woocommerce' }).describe('The shop software.'),
  payment: payment.describe('How customers pay. Card data never touches the shop.'),
  environments: z
    .record(environmentName, environment)
    .refine((all) => Object.keys(all).length > 0, 'define at least one environment, such as "production"')
    .describe('Environments by name, such as `production` and `staging`.'),
});

/** What a user writes. */
export type ShopInput = z.input<typeof shopSchema>;
/** What the stacks read: every default filled in. */
export type ParsedShop = z.output<typeof shopSchema>;
export type ParsedEnvironment = z.output<typeof environment>;
export type Tier = ParsedEnvironment['tier'];
