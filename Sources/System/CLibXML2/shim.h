#pragma once

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

// How much of the input was pushed, but waits for the end of the tag or comment that it is in.
static inline long purser_xml_pending(const xmlParserCtxt *parser) {
  return parser->input ? (long)(parser->input->end - parser->input->cur) : 0;
}

static inline int purser_xml_line(const xmlParserCtxt *parser) { return parser->input ? parser->input->line : 0; }

static inline int purser_xml_column(const xmlParserCtxt *parser) { return parser->input ? parser->input->col : 0; }

// The line where the tag starts whose end the parser is at. No '<' stands within a tag, and all of it is in memory.
static inline int purser_xml_tag_line(const xmlParserCtxt *parser) {
  if (!parser->input) return 0;
  int line = parser->input->line;
  for (const xmlChar *at = parser->input->cur; at > parser->input->base && *at != '<'; --at) line -= at[-1] == '\n';
  return line;
}

// A schema check takes the place of the parser's handlers; these go on to learn of the parser's own errors.
static inline void purser_xml_catch_errors(xmlParserCtxt *parser, xmlStructuredErrorFunc handler) {
  parser->sax->serror = handler;
}
