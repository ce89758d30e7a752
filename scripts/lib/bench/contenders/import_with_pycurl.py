"""Imports with libcurl's multi interface: import_with_pycurl.py MANIFEST ENDPOINT RESULTS IN-FLIGHT."""

import io
import time
from collections import deque

import customers
import pycurl

HEADERS = [f"{name}: {value}" for name, value in customers.HEADERS.items()]


class Transfer:
    """One connection's handle, and the request that it is at."""

    def __init__(self):
        self.handle = pycurl.Curl()
        self.handle.setopt(pycurl.URL, customers.url)
        self.handle.setopt(pycurl.HEADERFUNCTION, self._take_header)
        self.handle.transfer = self

    def begin(self, request):
        self.request, self.answer, self.retry_after = request, io.BytesIO(), 1
        self.handle.setopt(pycurl.HTTPHEADER, [*HEADERS, f"MS-RequestId: {request[2]}"])
        self.handle.setopt(pycurl.POSTFIELDS, request[3])
        self.handle.setopt(pycurl.WRITEDATA, self.answer)

    def _take_header(self, line):
        if line.lower().startswith(b"retry-after:"):
            self.retry_after = int(line.split(b":")[1])


def next_request(fresh, refused):
    """A request whose wait is over, else a fresh one; None where there is none at present."""
    if refused and refused[0][0] <= time.monotonic():
        return refused.popleft()[1]
    return next(fresh, None)


def main():
    multi = pycurl.CurlMulti()
    fresh, refused = customers.requests(), deque()
    idle, busy = [Transfer() for _ in range(customers.in_flight)], 0
    with customers.Results() as results:
        while True:
            while idle and (request := next_request(fresh, refused)):
                transfer = idle.pop()
                transfer.begin(request)
                multi.add_handle(transfer.handle)
                busy += 1
            if not busy:
                if not refused:
                    return
                time.sleep(max(0, refused[0][0] - time.monotonic()))
                continue
            while multi.perform()[0] == pycurl.E_CALL_MULTI_PERFORM:
                pass
            _, done, failed = multi.info_read()
            for handle in [*done, *(failure[0] for failure in failed)]:
                transfer, status = handle.transfer, handle.getinfo(pycurl.RESPONSE_CODE)
                multi.remove_handle(handle)
                idle.append(transfer)
                busy -= 1
                if status == 429:
                    refused.append((time.monotonic() + transfer.retry_after, transfer.request))
                else:
                    results.write(*transfer.request[:3], status, transfer.answer.getvalue())
            if not done:
                multi.select(0.1)


main()
