"""Reads MessagePack in hexadecimal, one value a line; writes what it is, and the same value encoded anew."""

import struct
import sys

import msgpack


def show(value):
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return "f:" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s:" + value.encode("utf-8").hex()
    if isinstance(value, bytes):
        return "b:" + value.hex()
    if isinstance(value, list):
        return "[" + ",".join(map(show, value)) + "]"
    return "{" + ",".join(show(key) + "=" + show(item) for key, item in value.items()) + "}"


for line in sys.stdin:
    decoded = msgpack.unpackb(bytes.fromhex(line.strip()), raw=False, strict_map_key=False)
    print(show(decoded), msgpack.packb(decoded, use_bin_type=True).hex())
