// Runs a worker in a frame that has no origin and no network, and ends it when a call of the user's code does not return.

/** A worker made from a blob has the policy of the frame that makes it: it asks for nothing. Nothing of the site can be read there either. */
const policy =
  "default-src 'none'; connect-src 'none'; worker-src blob:; script-src blob: 'unsafe-inline' 'unsafe-eval'";

/** The frame waits for the program and what it is asked, and gives both to a worker. A worker without an origin cannot itself be a module. */
const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<script>
const text = \`addEventListener('message', async ({ data: { program, asked }, ports: [port] }) => {
  try {
    const { start } = await import(URL.createObjectURL(program));
    await start(asked, port);
  } catch (error) {
    port.postMessage({ answer: { headline: '✗ The judge does not start: ' + error, tone: 'wrong', text: '' } });
  }
}, { once: true });\`;
const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
addEventListener('message', ({ data, ports }) => worker.postMessage(data, ports));
</script>`;

/** Milliseconds that one call may take, as in `signprox guard`, and all together. */
const limits = { call: 2000, all: 120_000 };

/** `prox({"type":"l1"}, 3, [1, 2])`, cut to one line. */
function callText({ name, parameters }) {
  const text = parameters.map((value) => JSON.stringify(value) ?? String(value)).join(', ');
  return `${name}(${text.length > 120 ? `${text.slice(0, 120)}…` : text})`;
}

/**
 * Asks the program, a blob. `say` is given each message before the last. Resolves to the answer; if a limit is reached, to one line. An
 * aborted `signal` ends it without an answer.
 */
export function ask(program, asked, say, signal) {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  // The theme shows every frame, a hidden one too.
  frame.style.display = 'none';
  frame.title = 'The judge of this page';
  frame.srcdoc = page;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    let call;
    let suspected;
    const started = performance.now();
    const end = (answer) => {
      clearInterval(clock);
      // A frame that is removed ends its worker, whatever that does.
      frame.remove();
      port1.close();
      resolve(answer);
    };
    const stop = (headline) => end({ headline: `✗ ${headline}`, tone: 'wrong', text: '' });
    const clock = setInterval(() => {
      const now = performance.now();
      const overdue = call !== undefined && now - call.since > limits.call;
      // Seen twice: after a sleep of the machine the message that it has returned may still wait.
      if (overdue && call === suspected) {
        stop(`Stopped: ${callText(call)} did not return within ${limits.call / 1000} s.`);
      } else if (now - started > limits.all) stop(`Stopped: no verdict within ${limits.all / 1000} s.`);
      suspected = overdue ? call : undefined;
    }, 100);
    port1.onmessage = ({ data }) => {
      if (data.answer) end(data.answer);
      else if (data.calling) call = { ...data.calling, since: performance.now() };
      else if ('returned' in data) call = undefined;
      else say(data);
    };
    signal.addEventListener('abort', () => end(undefined), { once: true });
    frame.onload = () => frame.contentWindow.postMessage({ program, asked }, '*', [port2]);
    document.body.append(frame);
  });
}
