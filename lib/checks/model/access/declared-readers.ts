import { constructPath, isConstruct, readersOf } from '../declarations.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import type { Principal } from './principals.ts';
import { encryptionKeys } from './resource-policies.ts';
import { storeTypes } from './stores.ts';

/** Who is meant to read what: what stores, keys and secrets declare. */
export class DeclaredReaders {
  private readonly graph: EnvironmentGraph;
  private readonly principals: readonly Principal[];
  private readonly namesByPath = new Map<string, readonly string[]>();

  constructor(graph: EnvironmentGraph, principals: readonly Principal[]) {
    this.graph = graph;
    this.principals = principals;
  }

  /**
   * Construct paths that may read the target: those it declares, for a key also those that the stores encrypted
   * with it declare, for a secret the function that rotates it, and for a database instance those of its cluster. Undefined when nothing is declared.
   */
  of(target: Resource): ReadonlySet<string> | undefined {
    const own = readersOf(target);
    const paths = new Set((own ?? []).flatMap((path) => [path, ...this.namesOf(path)]));
    let declared = own !== undefined;
    if (target.type === 'AWS::KMS::Key') {
      for (const store of storesEncryptedWith(target, this.graph)) {
        const readers = this.of(store);
        if (!readers) continue;
        declared = true;
        for (const path of readers) paths.add(path);
      }
    }
    // An instance holds nothing but what its cluster does.
    const cluster =
      target.type === 'AWS::RDS::DBInstance' &&
      this.graph.target(target.properties.DBClusterIdentifier, 'AWS::RDS::DBCluster');
    const ofCluster = cluster ? this.of(cluster) : undefined;
    if (ofCluster) {
      declared = true;
      for (const path of ofCluster) paths.add(path);
    }
    for (const schedule of this.graph.ofType('AWS::SecretsManager::RotationSchedule')) {
      if (this.graph.target(schedule.properties.SecretId, target.type) !== target) continue;
      const rotation = this.graph.target(schedule.properties.RotationLambdaARN, 'AWS::Lambda::Function');
      const role = rotation && this.graph.target(rotation.properties.Role, 'AWS::IAM::Role');
      if (role) paths.add(constructPath(role));
    }
    return declared ? paths : undefined;
  }

  /** What principals under a declared path are called here: the same path, or less in templates without paths. */
  private namesOf(path: string): readonly string[] {
    return remembered(this.namesByPath, path, () =>
      this.principals
        .filter(({ resource }) => resource && isConstruct(path, resource))
        .map(({ name }) => name),
    );
  }
}

/** Stores whose encryption names the key. */
export function storesEncryptedWith(key: Resource, graph: EnvironmentGraph): readonly Resource[] {
  return graph
    .ofType(...storeTypes)
    .filter(
      (store) =>
        store !== key && encryptionKeys(store).some((value) => graph.target(value, key.type) === key),
    );
}
