// An OpenID provider on oidc-provider that asserts whatever name is typed in; POST /control makes it misbehave.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { Provider } from 'oidc-provider';

const { values: given } = parseArgs({
  options: Object.fromEntries(
    ['port', 'client-id', 'client-secret', 'redirect'].map((name) => [name, { type: 'string' }]),
  ),
});
const issuer = `http://localhost:${given.port}`;

// Where an option is missing the answer is as it should be.
const usual = {
  claims: {}, // put into the ID token before it is signed; null takes one out
  key: 'configured', // configured | other | none: what signs the ID token
  iss: issuer, // the parameter of the answer; null leaves it out
  email: null, // given away to those who ask for the scope `email`
};
let options = usual;

const cookieKeys = [randomBytes(32).toString('hex')];
const otherKey = newKey();
let keys = [newKey()];
let provider = newProvider();

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' };
}

/** What it remembers is not lost with the one before: that is kept by the module. */
function newProvider() {
  const made = new Provider(issuer, {
    clients: [
      { client_id: given['client-id'], client_secret: given['client-secret'], redirect_uris: [given.redirect] },
    ],
    jwks: { keys },
    cookies: { keys: cookieKeys },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false, // as most do: the email is in the ID token too
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...(options.email && { email: options.email, email_verified: true }) }),
    }),
    // Nobody is asked for consent.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new made.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(oidc.params.scope);
      await grant.save();
      return grant;
    },
  });
  made.use(misbehave);
  return made;
}

async function misbehave(ctx, next) {
  await next();
  if (ctx.body?.id_token) ctx.body.id_token = signedAnew(ctx.body.id_token);
  const location = ctx.response.get('location');
  if (location?.startsWith(given.redirect)) {
    const answer = new URL(location);
    answer.searchParams.delete('iss');
    if (options.iss !== null) answer.searchParams.set('iss', options.iss);
    ctx.set('location', answer.href);
  }
}

function signedAnew(token) {
  const [header, claims] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  for (const [name, value] of Object.entries(options.claims)) {
    if (value === null) delete claims[name];
    else claims[name] = value;
  }
  if (options.key === 'none') header.alg = 'none';
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  if (options.key === 'none') return `${content}.`;
  const key = createPrivateKey({ key: options.key === 'other' ? otherKey : keys[0], format: 'jwk' });
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

/** Replaces every option; those that are not named are as at the start. `rotate` makes a new key, which signs from now on. */
function control({ rotate, ...changed }) {
  const unknown = Object.keys(changed).filter((name) => !(name in usual));
  if (unknown.length) throw new Error(`there is no option ${unknown.join(', ')}`);
  options = { ...usual, ...changed };
  if (rotate) {
    keys = [newKey(), ...keys];
    provider = newProvider();
  }
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>OpenID provider</title>
<link rel="icon" href="data:,">
<h1>OpenID provider</h1>
<form method="post">
<label>User <input name="user" autofocus autocomplete="off"></label>
<button>Continue</button>
<button name="cancel" value="yes">Cancel</button>
</form>`;

async function interact(request, response) {
  await provider.interactionDetails(request, response); // fails unless this browser came here to sign in
  if (request.method !== 'POST') return response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  const fields = new URLSearchParams(await text(request));
  const result = fields.has('cancel')
    ? { error: 'access_denied', error_description: 'The person cancelled.' }
    : { login: { accountId: fields.get('user') } };
  await provider.interactionFinished(request, response, result);
}

async function answer(request, response) {
  if (request.url === '/control') {
    control(JSON.parse(await text(request)));
    response.end();
  } else if (request.url.startsWith('/interaction/')) await interact(request, response);
  else await provider.callback()(request, response);
}

createServer((request, response) =>
  answer(request, response).catch((error) => {
    console.error(request.url, error);
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error));
  }),
).listen(Number(given.port), '127.0.0.1', () => console.log(`OpenID provider is ready at ${issuer}`));
