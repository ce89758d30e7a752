#pragma once

// Without the names of files, where the sources were built does not show in the program.
#define OPENSSL_NO_FILENAMES
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

// Swift can't use OpenSSL's macros: one wrapper for each that we need.

static inline STACK_OF(X509) *purser_certificates_new(void) {
  return sk_X509_new_null();
}

static inline int purser_certificates_add(STACK_OF(X509) *list, X509 *certificate) {
  return sk_X509_push(list, certificate);
}

static inline void purser_certificates_free(STACK_OF(X509) *list) {
  sk_X509_pop_free(list, X509_free);
}

static inline void purser_crypto_free(void *bytes) {
  OPENSSL_free(bytes);
}
