/** What an adapter sent is not protocol 1.0; the message says in one line what is wrong with it. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
