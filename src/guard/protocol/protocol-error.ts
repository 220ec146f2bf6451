/** What an adapter sent is not the protocol; the message says in one line what is wrong with it. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
