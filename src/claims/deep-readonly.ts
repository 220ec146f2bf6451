/** A type inferred from a schema, for values that nobody changes: every property and array in it is read-only. */
export type DeepReadonly<T> = unknown extends T ? T : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };
