"""Runs a command and writes what it took, as JSON, to a file: launch.py FILE COMMAND...

It is a process of its own because Linux counts what a process had in memory before it became another program: the peak
of a command that was started by a large process would be the large one's.
"""

import json
import os
import sys
import time

start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(
        {
            "seconds": seconds,
            "cpu": usage.ru_utime + usage.ru_stime,
            "bytes": usage.ru_maxrss * 1024,
            "code": os.waitstatus_to_exitcode(status),
        },
        file,
    )
