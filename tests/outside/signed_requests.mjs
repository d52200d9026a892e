// Two packages read and make signed requests (RFC 9421): one JSON question a line, one answer a line.
import * as one from "http-message-sig";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const other = createRequire(import.meta.url)("http-message-signatures");
const SPKI = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: Ed25519 in front of its 32 bytes
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const COVERED = ["@method", "@target-uri"];
const der = (front, key) => Buffer.concat([front, Buffer.from(key, "base64")]);

async function holds(read) {
  try {
    return Boolean(await read());
  } catch {
    return false;
  }
}

async function byOne({ method, url, headers, key }) {
  const raw = await crypto.subtle.importKey("spki", der(SPKI, key), "Ed25519", true, ["verify"]);
  return one.verifySignature(new Request(url, { method, headers }), {
    policy: {
      algorithms: ["ed25519"],
      requiredComponents: COVERED,
      requiredParameters: ["created", "keyid", "tag"],
      maxAge: 300,
      clockSkew: 5,
    },
    resolveVerifier: () => one.webcrypto.verifier(raw),
  });
}

async function byOther({ method, url, headers, key }) {
  const known = createPublicKey({ key: der(SPKI, key), format: "der", type: "spki" });
  const keyLookup = async ({ keyid }) => ({
    id: keyid,
    algs: ["ed25519"],
    verify: other.createVerifier(known, "ed25519"),
  });
  const wanted = { keyLookup, requiredFields: COVERED, requiredParams: ["created", "keyid"], maxAge: 300 };
  return other.httpbis.verifyMessage(wanted, { method, url, headers });
}

async function signedByOne({ method, url, node, tag, secret }) {
  const raw = await crypto.subtle.importKey("pkcs8", der(PKCS8, secret), "Ed25519", true, ["sign"]);
  const request = new Request(url, { method });
  const fields = await one.createSignature(request, {
    label: "sig1",
    components: COVERED,
    parameters: { created: Math.floor(Date.now() / 1000), keyid: node, alg: "ed25519", tag },
    signer: one.webcrypto.signer(raw),
  });
  return Object.fromEntries(one.appendSignature(request.headers, fields));
}

async function signedByOther({ method, url, node, tag, secret }) {
  const key = createPrivateKey({ key: der(PKCS8, secret), format: "der", type: "pkcs8" });
  const signed = await other.httpbis.signMessage(
    {
      key: other.createSigner(key, "ed25519", node),
      fields: COVERED,
      params: ["created", "keyid", "alg", "tag"],
      paramValues: { tag },
    },
    { method, url, headers: {} },
  );
  return signed.headers;
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = asked.secret
    ? [await signedByOne(asked), await signedByOther(asked)]
    : [await holds(() => byOne(asked)), await holds(() => byOther(asked))];
  console.log(JSON.stringify(answer));
}
