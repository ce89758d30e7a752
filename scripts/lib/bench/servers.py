"""The servers that are talked to: nginx, which answers every create at once, and Purser's own emulator."""

import re
import socket
import subprocess
import time
from pathlib import Path

from bench.measure import Failure

# What the real service answers to a create. $customer is a GUID of its own for each request: Purser takes no two
# customers with the same one.
ANSWER = (
    '{"id":"$customer","commerceId":"$customer","companyProfile":{"tenantId":"$customer","companyName":"Kestrel",'
    '"links":{"self":{"uri":"/customers/$customer/profiles/company","method":"GET","headers":[]}},'
    '"attributes":{"objectType":"CustomerCompanyProfile"}},"billingProfile":{"id":"$customer","email":"a@example.com",'
    '"culture":"en-US","language":"en","companyName":"Kestrel","defaultAddress":{"country":"US","city":"Seattle",'
    '"state":"WA","addressLine1":"1 Pike Street","postalCode":"98101"},"attributes":{"etag":"-4106230219853520581",'
    '"objectType":"CustomerBillingProfile"}},"relationshipToPartner":"reseller","allowDelegatedAccess":true,'
    '"userCredentials":{"userName":"admin","password":"Zap71xWq"},"attributes":{"objectType":"Customer"}}'
)
# What is throttled is a bucket of 500 requests that fills again within a second.
# The answers 201 and 429 are written by nginx's own `return`, and delays by the echo module.
CONFIGURATION = """
load_module {modules}/ngx_http_echo_module.so;
daemon off;
worker_processes 1;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_buffer_size 64k;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type application/json;
    map $request_id $customer {{
        "~^(?<a>.{{8}})(?<b>.{{4}})(?<c>.{{4}})(?<d>.{{4}})(?<e>.{{12}})$" $a-$b-$c-$d-$e;
    }}
    limit_req_zone $server_port zone=pace:64k rate=500r/s;
    limit_req_status 429;
    limit_req_log_level info;
    server {{
        listen 127.0.0.1:{fast};
        location = /v1/customers {{ return 201 '{answer}'; }}
    }}
    server {{
        listen 127.0.0.1:{slow};
        location = /v1/customers {{ echo_sleep 0.05; echo_exec @created; }}
        location @created {{ return 201 '{answer}'; }}
    }}
    server {{
        listen 127.0.0.1:{throttled};
        error_page 429 @throttled;
        location = /v1/customers {{ limit_req zone=pace burst=500 nodelay; echo_exec @created; }}
        location @created {{ return 201 '{answer}'; }}
        location @throttled {{
            add_header Retry-After 1 always;
            return 429 '{{"code":"429","description":"Too many requests"}}';
        }}
    }}
}}
"""


class Server:
    """A server process, stopped at the end of a `with`."""

    def __init__(self, command, port, stdout=subprocess.DEVNULL):
        self._process = subprocess.Popen([str(word) for word in command], stdout=stdout)
        for _ in range(300):
            if self._process.poll() is not None:
                raise Failure(f"{command[0]} ended with exit code {self._process.returncode}")
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        self.__exit__()
        raise Failure(f"{command[0]} does not listen on port {port}")

    def peak_memory(self):
        """The most memory that it has had, in bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()


class FixedServer(Server):
    """nginx, on three ports: one answers at once, one after 50 ms, and one 500 times a second and else with 429."""

    def __init__(self, folder):
        folder = Path(folder).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        ports = free_ports(3)
        self.fast, self.slow, self.throttled = (f"http://127.0.0.1:{port}" for port in ports)
        described = subprocess.run(["nginx", "-V"], capture_output=True, text=True, check=True).stderr
        file = folder / "nginx.conf"
        values = dict(zip(("fast", "slow", "throttled"), ports), folder=folder, answer=ANSWER)
        modules = re.search(r"--modules-path=(\S+)", described)[1]
        file.write_text(CONFIGURATION.format(modules=modules, **values), encoding="utf-8")
        super().__init__(["nginx", "-e", folder / "error.log", "-c", file], ports[0])


class Emulator(Server):
    """Purser's own Partner Center, its customers in a file."""

    def __init__(self, purser, store):
        (port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        super().__init__([purser, "emulator", "--port", port, "--store", store], port)


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
