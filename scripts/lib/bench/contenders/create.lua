-- Creates a customer of its own with each request, for one thread; the time keeps the runs' domains apart.
local name = string.format("%xn", os.time())
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
