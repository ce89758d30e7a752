#include "CResources.h"

// Swift does not import an array whose size the header leaves open, so each is reached through a function.
#define PURSER_RESOURCE_END(name)                                              \
  const unsigned char *purser_##name##_bytes(void) { return purser_##name; }   \
  const unsigned long purser_##name##_size = sizeof purser_##name;

static const unsigned char purser_column_aliases[] = {
#embed "column-aliases.tsv"
};
PURSER_RESOURCE_END(column_aliases)

static const unsigned char purser_countries[] = {
#embed "countries.tsv"
};
PURSER_RESOURCE_END(countries)

static const unsigned char purser_country_rules[] = {
#embed "country-rules.tsv"
};
PURSER_RESOURCE_END(country_rules)

static const unsigned char purser_customers_schema[] = {
#embed "customers.xsd"
};
PURSER_RESOURCE_END(customers_schema)

static const unsigned char purser_html_entities[] = {
#embed "html-entities.tsv"
};
PURSER_RESOURCE_END(html_entities)

static const unsigned char purser_report_page[] = {
#embed "report.html"
};
PURSER_RESOURCE_END(report_page)

static const unsigned char purser_subdivisions[] = {
#embed "subdivisions.tsv"
};
PURSER_RESOURCE_END(subdivisions)

static const unsigned char purser_languages[] = {
#embed "languages.tsv"
};
PURSER_RESOURCE_END(languages)

static const unsigned char purser_months[] = {
#embed "months.tsv"
};
PURSER_RESOURCE_END(months)

static const unsigned char purser_phone_numbers[] = {
#embed "phone-numbers.tsv"
};
PURSER_RESOURCE_END(phone_numbers)

static const unsigned char purser_rare_languages[] = {
#embed "rare-languages.tsv"
};
PURSER_RESOURCE_END(rare_languages)

static const unsigned char purser_top_level_domains[] = {
#embed "top-level-domains.tsv"
};
PURSER_RESOURCE_END(top_level_domains)
