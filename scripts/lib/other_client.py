"""Creates, lists, pages, filters and reads customers with the client that PyPI's partnercenterservices is."""

import sys

from microsoft.store.partnercenterservices import MicrosoftPartnerStoreApis, models
from msrest.authentication import BasicTokenAuthentication

CONTRACT = "MicrosoftPartnerSdkContractsV1"
COUNT = 7

# It describes a password as an object, but the service writes a text.
models.MicrosoftPartnerSdkContractsV1UserCredentials._attribute_map["password"]["type"] = "str"


def model(name, **members):
    return getattr(models, CONTRACT + name)(**members)


def order(number):
    address = model(
        "Address", country="US", state="WA", city="Seattle", address_line1="1 Quay Street", postal_code="98101"
    )
    billing = model(
        "CustomerBillingProfile",
        email="office@example.com",
        culture="en-US",
        language="en",
        company_name=f"Lighthouse {number}",
        default_address=address,
    )
    company = model("CustomerCompanyProfile", domain=f"lighthouse{number}.onmicrosoft.com")
    return model("Customer", company_profile=company, billing_profile=billing)


def check(holds, what):
    if not holds:
        sys.exit(f"the other client: {what} went wrong")


api = MicrosoftPartnerStoreApis(BasicTokenAuthentication({"access_token": "emulator"}), sys.argv[1])
create = api.postvversioncustomers
read = api.getvversioncustomerscustomer.id


def pages(**query):
    page = api.getvversioncustomersfilterfilter.value("1", **query)
    yield page.items
    while page.links.next:
        headers = {header.key: header.value for header in page.links.next.headers}
        page = api.getvversioncustomersfilterfilter.value("1", seek_operation="next", custom_headers=headers)
        yield page.items


created = [create(order(number), "1", ms_request_id=f"other-{number}") for number in range(COUNT)]
ids = [customer.id for customer in created]
check(len(set(ids)) == COUNT and all(customer.user_credentials.password for customer in created), "creating")
check(create(order(0), "1", ms_request_id="other-0").id == ids[0], "repeating a create")
listed = [customer.id for items in pages(size=3) for customer in items]
check([identifier for identifier in listed if identifier in ids] == ids, "paging")
for text, name in (('"CompanyName","Value":"LIGHT","Operator":"starts_with"', "names"),
                   ('"Domain","Value":"lighthouse","Operator":"StartsWith"', "domains")):
    found = [customer.id for items in pages(size=2, filter='{"Field":' + text + "}") for customer in items]
    check(found == ids, f"filtering by {name}")
check(all(read(identifier, "1").billing_profile.default_address.city == "Seattle" for identifier in ids), "reading")
print(f"the other client created, paged, filtered and read {COUNT} customers")
