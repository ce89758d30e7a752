#pragma once

#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast, which Swift does not import: SQLite copies the bytes. A null pointer would bind NULL, so an
// empty value gets an address of its own.
static inline int purser_sqlite3_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes ? (const char *)bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int purser_sqlite3_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

// SQLITE_STATIC: the bytes stay where they are for as long as they are bound.
static inline int purser_sqlite3_bind_held_text(sqlite3_stmt *statement, int index, const void *bytes,
                                                sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, (const char *)bytes, count, SQLITE_STATIC, SQLITE_UTF8);
}

static inline int purser_sqlite3_bind_held_blob(sqlite3_stmt *statement, int index, const void *bytes,
                                                sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_STATIC);
}

// Variadic, which Swift does not import. Nobody asks how much memory SQLite has, and to count it takes a lock for each
// piece that it takes or gives back.
static inline void purser_sqlite3_stop_counting_memory(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// Variadic, which Swift does not import.
static inline int purser_sqlite3_keep_log_on_close(sqlite3 *connection, int keeps) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, (int *)0);
}
