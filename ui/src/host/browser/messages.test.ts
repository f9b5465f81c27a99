import { expect, it } from 'vitest';

import { Messages } from './messages';

const text = 'event: roster\ndata: {"name":"Zoë"}\n\n: beat\n\nevent: roster\ndata: 1\ndata:2\n\ndata: late';
const said = [
  { event: 'roster', data: '{"name":"Zoë"}' },
  { event: 'roster', data: '1\n2' },
];

it.each(['\n', '\r\n', '\r'])('is read wherever it is cut, with lines that end in %j', (end) => {
  const bytes = new TextEncoder().encode(text.replaceAll('\n', end));
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const messages = new Messages();
    const read = [...messages.take(bytes.slice(0, cut)), ...messages.take(bytes.slice(cut))];
    expect(read, `cut at ${cut}`).toEqual(said);
  }
});

it('waits for the end of what is not complete', () => {
  const messages = new Messages();
  const encode = (part: string) => new TextEncoder().encode(part);
  expect(messages.take(encode('data: 1'))).toEqual([]);
  expect(messages.take(encode('\n'))).toEqual([]);
  expect(messages.take(encode('\n'))).toEqual([{ event: 'message', data: '1' }]);
});
