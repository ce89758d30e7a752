"""Writes what curl is to send as its configuration: prepare_for_curl.py MANIFEST ENDPOINT CONFIGURATION IN-FLIGHT."""

import customers


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


with open(customers.results, "w", encoding="utf-8") as file:
    for index, (_, _, key, body) in enumerate(customers.requests()):
        file.write("next\n" if index else "")
        file.write(f"url = {quoted(customers.url)}\noutput = /dev/null\n")
        for name, value in (customers.HEADERS | {"MS-RequestId": key}).items():
            file.write(f"header = {quoted(f'{name}: {value}')}\n")
        file.write(f"data-binary = {quoted(body.decode())}\n")
        file.write('write-out = "%{http_code},%{urlnum}\\n"\n')
