#pragma once

/// Data files that are compiled into the program, so that it ships as one file.

/// Declares one: a pointer to its first byte, which lives as long as the program, and its size.
#define PURSER_RESOURCE(name)                        \
  const unsigned char *purser_##name##_bytes(void);  \
  extern const unsigned long purser_##name##_size;

PURSER_RESOURCE(column_aliases)
PURSER_RESOURCE(countries)
PURSER_RESOURCE(country_rules)
PURSER_RESOURCE(customers_schema)
PURSER_RESOURCE(html_entities)
PURSER_RESOURCE(report_page)
PURSER_RESOURCE(subdivisions)
PURSER_RESOURCE(languages)
PURSER_RESOURCE(months)
PURSER_RESOURCE(phone_numbers)
PURSER_RESOURCE(rare_languages)
PURSER_RESOURCE(top_level_domains)
