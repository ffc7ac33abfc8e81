/**
 * Reads an event stream with fetch instead of EventSource: so that a token can be sent, and the server's comments count as
 * signs of life.
 */

/** Splits chunks of text into events; a comment is an event of the kind "comment". */
export function parser(onevent) {
  let rest = '';
  let event = { kind: 'message', data: [], id: null };
  const line = (text) => {
    if (text === '') {
      if (event.data.length) onevent({ kind: event.kind, data: event.data.join('\n'), id: event.id });
      event = { kind: 'message', data: [], id: null };
    } else if (text.startsWith(':')) {
      onevent({ kind: 'comment', data: text.slice(1).trim(), id: null });
    } else {
      const colon = text.indexOf(':');
      const field = colon < 0 ? text : text.slice(0, colon);
      const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') event.kind = value;
      else if (field === 'data') event.data.push(value);
      else if (field === 'id') event.id = value;
    }
  };
  return (chunk) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

/** Resolves when the stream has ended; rejects when it could not be had or broke. */
export async function listen(response, onevent) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const feed = parser(onevent);
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    feed(value);
  }
}
