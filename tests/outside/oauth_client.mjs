// A client of somebody else's making goes through every flow of the authorization server.
// Takes a JSON object from standard input; prints one line for each check; exits 1 when any fails.
import * as oauth from "oauth4webapi";
import { readFileSync } from "node:fs";

const given = JSON.parse(readFileSync(0, "utf8"));
const insecure = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(given.issuer);
let failed = 0;

async function check(name, act) {
  try {
    await act();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.message} ${JSON.stringify(error.cause ?? null)}`);
  }
}

function same(found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  }
}

async function refused(code, act) {
  try {
    await act();
  } catch (error) {
    // A 401 comes as a challenge (RFC 6749 section 5.2); the error is in its body.
    const told = Array.isArray(error.cause) ? (await error.response.json()).error : undefined;
    return same(told ?? error.error ?? error.cause?.error ?? error.message, code);
  }
  throw new Error("was not refused");
}

const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure }),
);
const web = { client_id: given.web.id };
const webAuth = oauth.ClientSecretBasic(given.web.secret);
const native = { client_id: given.native.id };
const service = { client_id: given.service.id };
const serviceAuth = oauth.ClientSecretBasic(given.service.secret);
const signer = { client_id: given.signer.id };
const key = await crypto.subtle.importKey("jwk", given.signer.jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
const signerAuth = oauth.PrivateKeyJwt({ key, kid: given.signer.jwk.kid });
const callback = given.callback;

// The person's browser: signed in already, it reads a page and sends its form.
async function press(url, fields) {
  let answer = await fetch(url, { headers: { cookie: given.cookie }, redirect: "manual" });
  if (answer.status !== 200) return answer;
  const csrf_token = /name="csrf_token" value="([^"]+)"/.exec(await answer.text())[1];
  const renewed = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: renewed || given.cookie, origin: issuer.origin },
    body: new URLSearchParams({ csrf_token, ...fields }),
  });
}

const visit = (url, decision) => press(url, { decision });

function question(client, challenge, changes = {}) {
  const url = new URL(as.authorization_endpoint);
  const fields = {
    client_id: client.client_id,
    redirect_uri: callback,
    response_type: "code",
    scope: "submissions:read",
    code_challenge: challenge,
    code_challenge_method: "S256",
    state: "a-state",
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== null) url.searchParams.set(name, value);
  return url;
}

async function authorize(client, press = "allow", changes = {}) {
  const verifier = oauth.generateRandomCodeVerifier();
  const url = question(client, await oauth.calculatePKCECodeChallenge(verifier), changes);
  const answer = await visit(url, press);
  const location = answer.headers.get("location");
  if (!location) throw new Error(`no redirect but ${answer.status}`);
  return { verifier, params: oauth.validateAuthResponse(as, client, new URL(location), "a-state"), location };
}

async function exchange(client, auth, { verifier, params }) {
  const answer = await oauth.authorizationCodeGrantRequest(as, client, auth, params, callback, verifier, insecure);
  return oauth.processAuthorizationCodeResponse(as, client, answer);
}

async function refresh(client, auth, token) {
  const answer = await oauth.refreshTokenGrantRequest(as, client, auth, token, insecure);
  return oauth.processRefreshTokenResponse(as, client, answer);
}

async function alone(client, auth, scope = "submissions:read") {
  const answer = await oauth.clientCredentialsGrantRequest(as, client, auth, new URLSearchParams({ scope }), insecure);
  return oauth.processClientCredentialsResponse(as, client, answer);
}

async function call(token) {
  const url = new URL("/api/v1/submissions", issuer);
  const answer = await oauth.protectedResourceRequest(token, "GET", url, undefined, undefined, insecure).catch((e) => e);
  return answer.status ?? answer.cause?.[0]?.parameters ?? answer.message;
}

async function works(token) {
  const answer = await fetch(new URL("/api/v1/submissions", issuer), { headers: { authorization: `Bearer ${token}` } });
  return answer.status;
}

await check("discovery names S256 alone", () => same(as.code_challenge_methods_supported, ["S256"]));
await check("a service with a secret", async () => same(await call((await alone(service, serviceAuth)).access_token), 200));
await check("a service with a key", async () => same(await works((await alone(signer, signerAuth)).access_token), 200));
await check("a service with a key, again", async () => same(await works((await alone(signer, signerAuth)).access_token), 200));
await check("an access token passes the client's own RFC 9068 check", async () => {
  const { access_token } = await alone(service, serviceAuth);
  const request = new Request(new URL("/api/v1/submissions", issuer), { headers: { authorization: `Bearer ${access_token}` } });
  const claims = await oauth.validateJwtAccessToken(as, request, new URL("/api/v1", issuer).href, insecure);
  same(claims.client_id, given.service.id);
});
await check("a person's consent, code, PKCE, iss, tokens", async () => {
  const tokens = await exchange(web, webAuth, await authorize(web));
  same(await works(tokens.access_token), 200);
});
await check("an app without a secret", async () => {
  const tokens = await exchange(native, oauth.None(), await authorize(native));
  same(await works(tokens.access_token), 200);
});
await check("asked once: the second time there is no question", async () => {
  const url = question(web, await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier()));
  const answer = await fetch(url, { headers: { cookie: given.cookie }, redirect: "manual" });
  same(answer.status, 302);
});
await check("a refusal comes back as access_denied with iss", async () => {
  const url = question(web, await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier()), { scope: "submissions:write" });
  const location = new URL((await visit(url, "deny")).headers.get("location"));
  same([location.searchParams.get("error"), location.searchParams.get("iss"), location.searchParams.get("state")], ["access_denied", given.issuer, "a-state"]);
});
await check("rotation, reuse ends the family", async () => {
  const first = await exchange(web, webAuth, await authorize(web));
  const second = await refresh(web, webAuth, first.refresh_token);
  same(await works(second.access_token), 200);
  await refused("invalid_grant", () => refresh(web, webAuth, first.refresh_token));
  await refused("invalid_grant", () => refresh(web, webAuth, second.refresh_token));
  same(await works(second.access_token), 401);
});
await check("a code twice ends what came from it", async () => {
  const way = await authorize(web);
  const tokens = await exchange(web, webAuth, way);
  await refused("invalid_grant", () => exchange(web, webAuth, way));
  same(await works(tokens.access_token), 401);
});
await check("revocation", async () => {
  const tokens = await exchange(web, webAuth, await authorize(web));
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, web, webAuth, tokens.refresh_token, insecure));
  same(await works(tokens.access_token), 401);
});
await check("introspection", async () => {
  const { access_token } = await alone(service, serviceAuth);
  const ask = async (client, auth) =>
    (await oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, auth, access_token, insecure))).active;
  same([await ask(service, serviceAuth), await ask(web, webAuth)], [true, false]);
});
await check("a device waits, is let in, and is in", async () => {
  const begun = await oauth.processDeviceAuthorizationResponse(
    as, native, await oauth.deviceAuthorizationRequest(as, native, oauth.None(), new URLSearchParams({ scope: "submissions:read" }), insecure));
  const poll = async () => oauth.processDeviceCodeResponse(
    as, native, await oauth.deviceCodeGrantRequest(as, native, oauth.None(), begun.device_code, insecure));
  await refused("authorization_pending", poll);
  const answer = await press(new URL("/device", issuer), { code: begun.user_code, decision: "allow" });
  same(answer.status, 303);
  same(await works((await poll()).access_token), 200);
  await refused("invalid_grant", poll);
});

// What has to be refused: [name, fields of the question, error sent back or "page"].
const S256 = await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier());
for (const [name, changes, expected] of [
  ["no challenge", { code_challenge: null }, "invalid_request"],
  ["no challenge at all", { code_challenge: null, code_challenge_method: null }, "invalid_request"],
  ["a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
  ["a challenge without method", { code_challenge_method: null }, "invalid_request"],
  ["a short challenge", { code_challenge: "abc" }, "invalid_request"],
  ["response type token", { response_type: "token" }, "unsupported_response_type"],
  ["response type code token", { response_type: "code token" }, "unsupported_response_type"],
  ["no response type", { response_type: null }, "invalid_request"],
  ["an unknown scope", { scope: "made:up" }, "invalid_scope"],
  ["a scope beyond the program's", { scope: "node:admin" }, "invalid_scope"],
  ["an unknown program", { client_id: "0".repeat(32) }, "page"],
  ["no program", { client_id: null }, "page"],
  ["a foreign address", { redirect_uri: "https://attacker.example/callback" }, "page"],
  ["a longer path", { redirect_uri: `${callback}/more` }, "page"],
  ["an added query", { redirect_uri: `${callback}?x=1` }, "page"],
  ["a fragment", { redirect_uri: `${callback}#x` }, "page"],
  ["another scheme", { redirect_uri: callback.replace("https", "http") }, "page"],
  ["another port", { redirect_uri: callback.replace("tool.example", "tool.example:444") }, "page"],
  ["a user name", { redirect_uri: callback.replace("tool.example", "tool.example@attacker.example") }, "page"],
  ["capital letters", { redirect_uri: callback.toUpperCase() }, "page"],
  ["a script", { redirect_uri: "javascript:alert(1)" }, "page"],
]) {
  await check(`refused: ${name}`, async () => {
    const answer = await fetch(question(web, S256, changes), { headers: { cookie: given.cookie }, redirect: "manual" });
    if (expected === "page") {
      same([answer.status, answer.headers.get("location")], [400, null]);
      if ((await answer.text()).includes("attacker")) throw new Error("the page repeats what was sent");
      return;
    }
    const location = new URL(answer.headers.get("location"));
    same([location.origin + location.pathname, location.searchParams.get("error"), location.searchParams.get("iss")], [callback, expected, given.issuer]);
  });
}
const bad = [
  ["a wrong secret", "invalid_client", () => alone(service, oauth.ClientSecretBasic("wrong"))],
  ["a secret in the body", "invalid_client", () => alone(service, oauth.ClientSecretPost(given.service.secret))],
  ["no secret", "invalid_client", () => alone(service, oauth.None())],
  ["a scope beyond its own", "invalid_scope", () => alone(service, serviceAuth, "node:admin")],
  ["another program's code", "invalid_grant", async () => exchange(native, oauth.None(), await authorize(web).then((way) => ({ ...way, params: oauth.validateAuthResponse(as, native, new URL(way.location), "a-state") })))],
  ["another verifier", "invalid_grant", async () => exchange(web, webAuth, { ...(await authorize(web)), verifier: oauth.generateRandomCodeVerifier() })],
  ["a made-up refresh token", "invalid_grant", () => refresh(web, webAuth, "made-up")],
  ["a password grant", "unsupported_grant_type", async () => {
    const body = new URLSearchParams({ grant_type: "password", username: "member@example.org", password: "x" });
    const answer = await oauth.genericTokenEndpointRequest(as, service, serviceAuth, "password", body, insecure);
    return oauth.processGenericTokenEndpointResponse(as, service, answer);
  }],
];
for (const [name, code, act] of bad) await check(`refused: ${name}`, () => refused(code, act));
process.exit(failed ? 1 : 0);
