// Reads MessagePack in hexadecimal, one value a line; writes what it is, and the same value encoded anew.
const { decode, encode } = require('@msgpack/msgpack');

function show(value) {
  if (value === null || value === undefined) return 'nil';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return String(value);
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return 'f:' + bytes.toString('hex');
  }
  if (typeof value === 'string') return 's:' + Buffer.from(value, 'utf8').toString('hex');
  if (value instanceof Uint8Array) return 'b:' + Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return '[' + value.map(show).join(',') + ']';
  return '{' + Object.entries(value).map(([key, item]) => show(key) + '=' + show(item)).join(',') + '}';
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line.length > 0);
for (const line of lines) {
  const decoded = decode(Buffer.from(line, 'hex'), { useBigInt64: true });
  console.log(show(decoded) + ' ' + Buffer.from(encode(decoded, { useBigInt64: true })).toString('hex'));
}
