/** One server-sent event. */
export interface Message {
  event: string;
  data: string;
}

/** Takes server-sent events apart, however the network cut them (WHATWG HTML, section 9.2). */
export class Messages {
  #rest = '';
  #decoder = new TextDecoder();

  /** What is complete with these bytes. */
  take(bytes: Uint8Array): Message[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    // A line end may be cut in two: what comes after a last CR is not known yet.
    const held = this.#rest.endsWith('\r') ? '\r' : '';
    const blocks = this.#rest.slice(0, this.#rest.length - held.length).replaceAll(/\r\n?/g, '\n').split('\n\n');
    this.#rest = (blocks.pop() ?? '') + held;
    return blocks.flatMap((block) => message(block) ?? []);
  }
}

function message(block: string): Message | undefined {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }
  // A comment: the server says that it is there.
  return data.length === 0 ? undefined : { event, data: data.join('\n') };
}
