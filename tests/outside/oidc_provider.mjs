// Identity providers of somebody else's making, with their built-in pages on which any name signs in.
// Takes [{port, redirect_uri, client_id, client_secret}] as one line of JSON; prints "ready"; ends with its input.
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

function account(_ctx, id) {
  const claims = { sub: id, name: `Somebody ${id}`, email: `${id}@example.org`, email_verified: true };
  return { accountId: id, claims: async () => claims };
}

function open({ port, redirect_uri, client_id, client_secret }) {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["a key for tests"] },
    findAccount: account,
    pkce: { required: () => true },
  });
  return new Promise((resolve) => provider.listen(port, "127.0.0.1", resolve));
}

const lines = createInterface({ input: process.stdin });
lines.once("line", async (line) => {
  await Promise.all(JSON.parse(line).map(open));
  console.log("ready");
});
lines.once("close", () => process.exit(0));
