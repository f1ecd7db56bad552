// Seals one envelope, version 1, with another HPKE library, from docs/reference/envelope.md alone, and opens ours.
//   npm install @hpke/core@1.9.0 @hpke/hybridkem-x-wing@0.7.0 @hpke/chacha20poly1305@1.8.0    (in a folder elsewhere)
//   node seal_with_npm.mjs envelope-1.json > envelope-1-npm.json
// The result is frozen in envelope-1-npm.json and not made again: sealing is random.
import { readFileSync } from "node:fs";
import { createHash, randomBytes } from "node:crypto";
import { CipherSuite, HkdfSha256 } from "@hpke/core";
import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { XWing } from "@hpke/hybridkem-x-wing";

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
const ours = JSON.parse(readFileSync(process.argv[2]));
const hex = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const text = (bytes) => Buffer.from(bytes).toString("hex");

function binding(study, edition, keyId, rowId) {
  const row = Buffer.alloc(8);
  row.writeBigUInt64BE(BigInt(rowId));
  const fields = [Buffer.from("kuule envelope 1"), Buffer.from(study, "utf8"), hex(edition), hex(keyId), row];
  return Buffer.concat(fields.flatMap((field) => [Buffer.from([field.length >> 8, field.length & 255]), field]));
}

async function opened(vector) {
  const envelope = hex(vector.envelope);
  const info = binding(vector.study, vector.edition, vector.key_id, vector.row_id);
  const recipient = await suite.createRecipientContext({ recipientKey: secretKey, enc: envelope.slice(52, 1172), info });
  return text(new Uint8Array(await recipient.open(envelope.slice(1172))));
}

const secretKey = await suite.kem.deserializePrivateKey(hex(ours.secret));
const publicKey = await suite.kem.deserializePublicKey(hex(ours.public));
// 1. What we sealed opens here, padding and all.
for (const vector of ours.vectors.filter((each) => each.record !== undefined)) {
  const padded = await opened(vector);
  const expected = vector.record + "80";
  if (!padded.startsWith(expected) || /[^0]/.test(padded.slice(expected.length))) throw new Error(vector.name);
  console.error(`opened ours: ${vector.name}`);
}
// 2. The key id is as the reference says.
const keyId = createHash("sha256").update(Buffer.concat([Buffer.from("kuule key id 1"), hex("00"), hex("01"), hex(ours.public)]));
const keyIdHex = keyId.digest("hex").slice(0, 16);
if (keyIdHex !== ours.key_id) throw new Error("key id");
// 3. One sealed here.
const vector = { name: "sealed by @hpke/hybridkem-x-wing", study: "hyvä-kysely", edition: text(randomBytes(32)), row_id: "6148914691236517205", key_id: keyIdHex };
const record = Buffer.from('{"answers":{"/data/wish":"että joku kuulee"},"v":1}', "utf8");
const padded = Buffer.alloc(2048 - 1188);
record.copy(padded);
padded[record.length] = 0x80;
const sender = await suite.createSenderContext({ recipientPublicKey: publicKey, info: binding(vector.study, vector.edition, keyIdHex, vector.row_id) });
const closed = new Uint8Array(await sender.seal(padded));
const header = Buffer.concat([Buffer.from("KUULE"), hex("01647a00010003"), hex(keyIdHex), hex(vector.edition)]);
vector.envelope = text(Buffer.concat([header, Buffer.from(sender.enc), Buffer.from(closed)]));
vector.record = text(record);
console.log(JSON.stringify({ secret: ours.secret, rehearsal: true, public: ours.public, key_id: keyIdHex, vectors: [vector] }, null, 1));
