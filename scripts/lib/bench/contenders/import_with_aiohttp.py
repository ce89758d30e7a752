"""Imports with aiohttp on uvloop: import_with_aiohttp.py MANIFEST ENDPOINT RESULTS IN-FLIGHT."""

import asyncio

import aiohttp
import customers
import uvloop


async def work(session, fresh, results):
    for number, domain, key, body in fresh:
        headers = {"MS-RequestId": key}
        while True:
            async with session.post(customers.url, data=body, headers=headers) as response:
                answer = await response.read()
            if response.status != 429:
                break
            await asyncio.sleep(int(response.headers.get("Retry-After", 1)))
        results.write(number, domain, key, response.status, answer)


async def main():
    fresh = customers.requests()
    connector = aiohttp.TCPConnector(limit=customers.in_flight)
    async with aiohttp.ClientSession(connector=connector, headers=customers.HEADERS) as session:
        with customers.Results() as results:
            await asyncio.gather(*(work(session, fresh, results) for _ in range(customers.in_flight)))


uvloop.run(main())
