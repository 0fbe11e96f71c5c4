import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import type { Acknowledgement } from '../../checks/recorder/row.ts';
import { acknowledgedPlaces, sourceLocations } from '../../checks/recorder/source-location.ts';
import { UserError } from '../../cli/user-error.ts';
import { creationTrace } from '../../declarations/keys.ts';
import { isObject, readTemplate } from './template-file.ts';
import { parseJson, readText } from './template-text.ts';
import { originKey, type ResourceOrigin, type StackTemplate } from './template-tree.ts';

/** A cloud assembly as it lies on disk: what `cdk synth` left behind. */
export interface Assembly {
  readonly stacks: readonly StackTemplate[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** What the assembly's metadata tells of a resource beyond its template. */
  readonly origins: ReadonlyMap<string, ResourceOrigin>;
}

/** @throws UserError when the folder holds no readable cloud assembly */
export function readAssembly(folder: string): Assembly {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(folder)) throw new UserError([`${folder}: no such folder`]);
  if (!statSync(folder).isDirectory()) {
    throw new UserError([`${folder}: is no folder; name the one that "cdk synth" wrote, such as "cdk.out"`]);
  }
  if (!existsSync(manifest)) {
    throw new UserError([
      `${folder}: holds no manifest.json, so it is no cloud assembly; run "cdk synth" first`,
    ]);
  }
  const root = realpathSync(folder);
  const reader = new AssemblyReader(root);
  reader.read(root, '');
  if (reader.problems.length > 0) throw new UserError(reader.problems);
  if (reader.stacks.length === 0) throw new UserError([`${folder}: the cloud assembly holds no stack`]);
  return reader;
}

interface MetadataEntry {
  readonly type: string;
  readonly data: unknown;
  readonly trace: unknown;
}

class AssemblyReader implements Assembly {
  readonly stacks: StackTemplate[] = [];
  readonly acknowledgements: Acknowledgement[] = [];
  readonly origins = new Map<string, ResourceOrigin>();
  readonly problems: string[] = [];
  private readonly root: string;
  private readonly foldersRead = new Set<string>();

  constructor(root: string) {
    this.root = root;
  }

  read(folder: string, environment: string): void {
    const file = join(folder, 'manifest.json');
    if (this.foldersRead.has(folder)) return;
    this.foldersRead.add(folder);
    const manifest = parseJson(file, readText(file));
    if (!isObject(manifest) || !isObject(manifest.artifacts)) {
      throw new UserError([`${file}: lists no artifacts, so it is no manifest of a cloud assembly`]);
    }
    const version = textOr(manifest.version, '');
    const newest = Number.parseInt(Manifest.version(), 10);
    if (Number.parseInt(version, 10) > newest) {
      throw new UserError([
        `${file}: is of version ${version.slice(0, 20)} of cloud assemblies; the newest that is known here is ${newest}: update secure-shop, or synthesize with an older CDK`,
      ]);
    }
    for (const [id, artifact] of Object.entries(manifest.artifacts)) {
      if (!isObject(artifact)) continue;
      const properties = isObject(artifact.properties) ? artifact.properties : {};
      try {
        if (artifact.type === 'cdk:cloud-assembly') {
          const nested = this.inside(folder, properties.directoryName, file);
          this.read(nested, textOr(properties.displayName, id));
        }
        if (artifact.type === 'aws:cloudformation:stack') {
          this.readStack(folder, environment, id, manifest.artifacts);
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        this.problems.push(...error.problems);
      }
    }
  }

  private readStack(
    folder: string,
    environment: string,
    id: string,
    artifacts: Record<string, unknown>,
  ): void {
    const artifact = isObject(artifacts[id]) ? artifacts[id] : {};
    const manifest = join(folder, 'manifest.json');
    const properties = isObject(artifact.properties) ? artifact.properties : {};
    const file = this.inside(folder, properties.templateFile, manifest);
    const name = textOr(properties.stackName, id);
    const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(textOr(artifact.environment, '')) ?? [];
    const place = {
      environment,
      ...(account && account !== 'unknown-account' && { account }),
      ...(region && region !== 'unknown-region' && { region }),
    };
    const protection = properties.terminationProtection === true && { terminationProtection: true };
    const dependsOn = stackNames(artifact.dependencies, artifacts);
    this.stacks.push({ ...place, name, ...protection, dependsOn, ...readTemplate(file) });

    const paths = metadataByPath(artifact.metadata);
    if (artifact.additionalMetadataFile !== undefined) {
      const more = this.inside(folder, artifact.additionalMetadataFile, manifest);
      for (const [path, entries] of metadataByPath(parseJson(more, readText(more)))) {
        paths.set(path, [...(paths.get(path) ?? []), ...entries]);
      }
    }
    const stackPath = textOr(artifact.displayName, id);
    const nestedStacks = [...paths].flatMap(([path, entries]) => {
      const written = entries.find(({ type }) => type === 'aws:cdk:templateFile')?.data;
      return typeof written === 'string' && written !== properties.templateFile ? [{ path, written }] : [];
    });
    for (const { path, written } of nestedStacks) {
      const nestedFile = this.inside(folder, written, manifest);
      if (!existsSync(nestedFile)) continue;
      this.stacks.push({ ...place, name: `${name}/${lastOf(path)}`, ...readTemplate(nestedFile) });
    }

    for (const [path, entries] of paths) {
      const owner = nestedStacks.find((nested) => path.startsWith(`${nested.path}/`));
      this.remember(path, entries, owner ? `${name}/${lastOf(owner.path)}` : name, stackPath);
    }
  }

  private remember(path: string, entries: readonly MetadataEntry[], stack: string, stackPath: string): void {
    const trace = entries.findLast(({ type }) => type === creationTrace)?.data;
    const places = acknowledgedPlaces(entries);
    for (const { type, data } of entries) {
      if (type === 'aws:cdk:logicalId') {
        this.origins.set(originKey(stack, String(data)), { path, sources: sourceLocations(trace) });
      }
      if (type !== 'aws:cdk:acknowledged-rules' || !isObject(data)) continue;
      for (const [id, reason] of Object.entries(data)) {
        const source = places.get(id);
        const scope = path === stackPath ? 'stack' : 'construct';
        this.acknowledgements.push({ id, reason: String(reason), path, scope, ...(source && { source }) });
      }
    }
  }

  /** A manifest may come from anywhere: it must not make us read files that are not part of the assembly. */
  private inside(folder: string, name: unknown, manifest: string): string {
    const written = resolve(folder, textOr(name, ''));
    const file = existsSync(written) ? realpathSync(written) : written;
    if (typeof name !== 'string' || relative(this.root, file).startsWith('..') || file === folder) {
      throw new UserError([`${manifest}: names ${JSON.stringify(name)}, which is no file of the assembly`]);
    }
    return file;
  }
}

function metadataByPath(metadata: unknown): Map<string, MetadataEntry[]> {
  const paths = new Map<string, MetadataEntry[]>();
  for (const [path, entries] of Object.entries(isObject(metadata) ? metadata : {})) {
    if (!Array.isArray(entries)) continue;
    const readable = entries
      .filter(isObject)
      .map(({ type, data, trace }) => ({ type: String(type), data, trace }));
    paths.set(path.replace(/^\//, ''), readable);
  }
  return paths;
}

/** The stacks among the artifacts that one depends on; its assets are others. */
function stackNames(dependencies: unknown, artifacts: Record<string, unknown>): string[] {
  return (Array.isArray(dependencies) ? dependencies.map(String) : []).flatMap((id) => {
    const artifact = Object.hasOwn(artifacts, id) ? artifacts[id] : undefined;
    if (!isObject(artifact) || artifact.type !== 'aws:cloudformation:stack') return [];
    return [textOr(isObject(artifact.properties) ? artifact.properties.stackName : undefined, id)];
  });
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
