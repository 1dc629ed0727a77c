// What is said most simply in the browser's own language; `xtask` puts it behind the script of the site.

// One event stream for all tabs of a browser, since HTTP/1.1 allows six connections to a host: the tab
// that holds the lock has it open and tells the others. A page asks for it by `staffroom:follow`.
const others = new BroadcastChannel('staffroom');
// Whoever is leaving, such as by signing out, is not led elsewhere; nor is who has just sent a form, such as
// another password, before its answer has come. If they are signed out, the next stream says so.
let left = 0;
for (const event of ['beforeunload', 'submit']) window.addEventListener(event, () => { left = Date.now(); });
const tell = (what) => {
  if (what !== 'ended' || Date.now() - left > 3000) window.dispatchEvent(new Event(`staffroom:${what}`));
};
others.onmessage = ({ data }) => tell(data);

const follow = (asked) => new Promise((over) => {
  const stream = new EventSource('/events');
  const say = (what) => { tell(what); others.postMessage(what); };
  const later = () => setTimeout(() => { over(); tell('follow'); }, 15_000);
  let missed = Date.now() - asked > 1000; // whatever happened while the lock went from tab to tab
  stream.onopen = () => { if (missed) say('changed'); };
  stream.onerror = () => { missed = true; if (stream.readyState === EventSource.CLOSED) later(); };
  stream.addEventListener('changed', () => say('changed'));
  stream.addEventListener('phones', () => say('phones'));
  stream.addEventListener('ended', () => { stream.close(); say('ended'); later(); });
});
// Browsers have locks on https and on this machine; elsewhere each tab has a stream of its own.
window.addEventListener('staffroom:follow', () => {
  const asked = Date.now();
  navigator.locks?.request('staffroom', () => follow(asked)) ?? follow(asked);
});

// What moves under a moving pointer is missed: a list waits until the pointer rests or is elsewhere.
let moved = 0;
window.addEventListener('pointermove', () => { moved = Date.now(); }, { passive: true });
for (const [heard, said] of [['changed', 'read'], ['phones', 'rung']]) {
  window.addEventListener(`staffroom:${heard}`, function wait() {
    if (document.querySelector('tbody tr:hover') && Date.now() - moved < 1500) setTimeout(wait, 300);
    else tell(said);
  });
}

// A click on a link asks before it leaves a changed form; so does the Back button, where the browser lets it.
window.navigation?.addEventListener('navigate', (event) => {
  const leave = document.querySelector('[data-dirty][data-leave]');
  if (leave && event.navigationType === 'traverse' && event.cancelable && !confirm(leave.dataset.leave)) event.preventDefault();
});

// Passkeys, as JSON both ways. One that waits in a field ends when another is asked for; whoever thinks
// better of it gets nothing.
let asking;
const credential = async (kind, options) => {
  asking?.abort();
  asking = new AbortController();
  const made = await navigator.credentials[kind]({ ...options, signal: asking.signal }).catch(() => null);
  return made && JSON.stringify(made.toJSON());
};
window.staffroomPasskeys = {
  offered: async () => await window.PublicKeyCredential?.isConditionalMediationAvailable?.() ?? false,
  get: async (options, conditional) => credential('get', {
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)),
    mediation: conditional ? 'conditional' : 'optional',
  }),
  create: async (options) => credential('create', {
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)),
  }),
};

// A file that is chosen is read into the field that it names.
document.addEventListener('change', async ({ target }) => {
  const field = target.files?.[0] && document.getElementById(target.dataset?.into);
  if (!field) return;
  field.value = await target.files[0].text();
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
