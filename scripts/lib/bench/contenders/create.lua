-- Creates a customer of its own with each request; the threads' names and a number of the run keep the domains apart.
local run = os.getenv("RUN") or "0"
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("name", run .. string.char(96 + threads))
end

local body = '{"companyProfile":{"domain":"%s.onmicrosoft.com"},"billingProfile":{"email":"office@example.com",'
    .. '"culture":"en-US","language":"en","companyName":"Kestrel Optics","firstName":"Ruth","lastName":"Gillespie",'
    .. '"defaultAddress":{"country":"US","state":"WA","city":"Seattle","addressLine1":"1 Pike Street",'
    .. '"postalCode":"98101","phoneNumber":"+1 206 622 0142"}}}'
local count = 0

function request()
    count = count + 1
    return wrk.format("POST", "/v1/customers", {
        ["Authorization"] = "Bearer emulator",
        ["Content-Type"] = "application/json",
        ["MS-RequestId"] = "bench-" .. name .. count,
    }, body:format("kestrel" .. name .. count))
end
