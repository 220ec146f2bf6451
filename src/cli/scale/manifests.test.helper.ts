import { Deployment } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { parse } from 'yaml';

/** What the tests read of a Job or a Deployment. */
export interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly completions?: number;
    readonly template: { readonly spec: { readonly containers: readonly [Container] } };
  };
}

export interface Container {
  readonly command: readonly string[];
  readonly image: string;
  readonly env?: readonly { readonly name: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

const kinds: Readonly<Record<string, { validate(): void }>> = { Job: Job.prototype, Deployment: Deployment.prototype };

/**
 * Reads a manifest of one object.
 * @throws Error where the schema of Kubernetes refuses it, or does not know a field of it, which the server would refuse too
 */
export function readManifest(text: string): Manifest {
  const manifest = parse(text) as Manifest;
  const read = new Set<string>();
  // The validator takes unknown fields for extensions: it looks at no others than those that it knows.
  kinds[manifest.kind]!.validate.call(watched(manifest, '', read));
  const unknown = pathsIn(manifest, '').filter((path) => !read.has(path));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}`);
  return manifest;
}

/** The same object, which notes the paths that are looked at. */
function watched<Of extends object>(object: Of, path: string, read: Set<string>): Of {
  return new Proxy(object, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol') return value;
      const place = `${path}/${key}`;
      read.add(place);
      return typeof value === 'object' && value !== null ? watched(value, place, read) : value;
    },
  });
}

/** The paths of all fields and entries below an object. */
function pathsIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [`${path}/${key}`, ...pathsIn(entry, `${path}/${key}`)]);
}
