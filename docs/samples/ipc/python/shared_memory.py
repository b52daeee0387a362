"""A memory-mapped file in /dev/shm: four bytes of state (0 nothing, 1 a request, 2 a result, 3 it was read), four of length, and the text.

Each side looks again and again, for a file has nothing to wait on. ADDRESS is a name without a slash.
"""
import mmap
import os
import struct
import time

import find

SIZE_BYTES = 4096
REQUEST, RESULT, READ = 1, 2, 3


def map_file(name, flags):
    descriptor = os.open("/dev/shm/" + name, os.O_RDWR | flags, 0o600)
    if flags:
        os.truncate(descriptor, SIZE_BYTES)
    memory = mmap.mmap(descriptor, SIZE_BYTES)
    os.close(descriptor)
    return memory


def wait_for(memory, state):
    while struct.unpack_from("=I", memory)[0] != state:
        time.sleep(0.0001)


def put(memory, line, state):
    text = line.encode()
    memory[8:8 + len(text)] = text
    struct.pack_into("=I", memory, 4, len(text))
    # The state last: who sees it sees the text as well.
    struct.pack_into("=I", memory, 0, state)


def take(memory, state):
    wait_for(memory, state)
    return memory[8:8 + struct.unpack_from("=I", memory, 4)[0]].decode()


def serve(name):
    memory = map_file(name, os.O_CREAT | os.O_EXCL)
    find.ready()
    put(memory, find.answer(take(memory, REQUEST)), RESULT)
    wait_for(memory, READ)
    os.unlink("/dev/shm/" + name)


def ask(name, line):
    memory = map_file(name, 0)
    put(memory, line, REQUEST)
    print(take(memory, RESULT))
    struct.pack_into("=I", memory, 0, READ)


find.main(serve, ask)
