"""Two POSIX queues, ADDRESS-request and ADDRESS-result; ADDRESS begins with a slash. Python has no module for them; libc has."""
import ctypes
import os

import find

libc = ctypes.CDLL(None, use_errno=True)
libc.mq_receive.restype = ctypes.c_ssize_t
libc.mq_receive.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
libc.mq_send.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint]
MESSAGE_BYTES = 1024


def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def open_queue(name, flags):
    # struct mq_attr: flags, how many messages, how large, how many there are; and four reserved.
    attributes = (ctypes.c_long * 8)(0, 10, MESSAGE_BYTES)
    return check(libc.mq_open(name.encode(), flags, 0o600, attributes))


def put(queue, line):
    check(libc.mq_send(queue, line.encode(), len(line.encode()), 0))


def get(queue):
    message = ctypes.create_string_buffer(MESSAGE_BYTES)
    length = check(libc.mq_receive(queue, message, MESSAGE_BYTES, None))
    return message.raw[:length].decode()


def serve(name):
    requests = open_queue(name + "-request", os.O_RDONLY | os.O_CREAT)
    results = open_queue(name + "-result", os.O_WRONLY | os.O_CREAT)
    find.ready()
    put(results, find.answer(get(requests)))
    libc.mq_unlink((name + "-request").encode())


def ask(name, line):
    requests = open_queue(name + "-request", os.O_WRONLY)
    results = open_queue(name + "-result", os.O_RDONLY)
    put(requests, line)
    print(get(results))
    libc.mq_unlink((name + "-result").encode())


find.main(serve, ask)
