/**
 * `make` with the results of the last `size` different objects kept, for repeated questions about the same few objects; they must
 * not change. A WeakMap would hold every result until the next full collection: V8's collector of young objects takes the values of a
 * WeakMap for reachable, and most of what a case is made of would be moved to the old ones.
 */
export function rememberRecent<Key extends object, Value>(
  make: (key: Key) => Value,
  size: number,
): (key: Key) => Value {
  const keys: Key[] = [];
  const values: Value[] = [];
  let next = 0;
  return (key) => {
    const known = keys.indexOf(key);
    if (known >= 0) return values[known]!;
    const value = make(key);
    keys[next] = key;
    values[next] = value;
    next = (next + 1) % size;
    return value;
  };
}
