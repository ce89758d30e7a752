-- Reads one customer after the other; IDS is a file with their identifiers, one a line.
local ids = {}
for id in io.lines(os.getenv("IDS")) do
    ids[#ids + 1] = id
end
local index = 0

function request()
    index = index % #ids + 1
    return wrk.format("GET", "/v1/customers/" .. ids[index], { ["Authorization"] = "Bearer emulator" })
end
