// npm canonicalize writes documents as RFC 8785 has them: one JSON document a line, base64 of its form a line.
import canonicalize from "canonicalize";
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  console.log(Buffer.from(canonicalize(JSON.parse(line)), "utf8").toString("base64"));
}
