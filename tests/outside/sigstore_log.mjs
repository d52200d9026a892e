// @sigstore/verify reads checkpoints and inclusion proofs: one JSON case a line, one answer a line.
import { createPublicKey } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const load = createRequire(import.meta.url);
// These files are no public face of the package, which is why its version is pinned.
const inside = (name) => load(`${load.resolve("@sigstore/verify").replace(/index\.js$/, "")}tlog/${name}.js`);
const { verifyCheckpoint } = inside("checkpoint");
const { verifyMerkleInclusion } = inside("merkle");
const bytes = (text) => Buffer.from(text, "base64");
const SPKI = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: Ed25519 in front of its 32 bytes

for await (const line of createInterface({ input: process.stdin })) {
  const one = JSON.parse(line);
  const logs = [
    {
      logID: Buffer.concat([bytes(one.keyId), Buffer.alloc(28)]),
      publicKey: createPublicKey({ key: Buffer.concat([SPKI, bytes(one.key)]), format: "der", type: "spki" }),
      baseURL: `https://${one.origin}`,
      validFor: { start: new Date(0), end: new Date(8.64e15) },
    },
  ];
  const entry = {
    canonicalizedBody: bytes(one.leaf),
    inclusionProof: {
      logIndex: String(one.index),
      treeSize: String(one.size),
      rootHash: bytes(one.root),
      hashes: one.path.map(bytes),
      checkpoint: { envelope: one.note },
    },
  };
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, logs));
    console.log("ok");
  } catch (error) {
    console.log(`refused: ${error.code ?? error.name}: ${error.message}`);
  }
}
