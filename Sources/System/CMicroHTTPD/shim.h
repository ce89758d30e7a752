#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>

// Room for an address of either family, and its length by the family.
union purser_address {
    struct sockaddr any;
    struct sockaddr_in version4;
    struct sockaddr_in6 version6;
};

// Reads an IPv4 or IPv6 address; false where the text is neither.
static inline bool purser_read_address(const char *text, uint16_t port, union purser_address *address) {
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, text, &address->version4.sin_addr) == 1) {
        address->version4.sin_family = AF_INET;
        address->version4.sin_port = htons(port);
        return true;
    }
    if (inet_pton(AF_INET6, text, &address->version6.sin6_addr) == 1) {
        address->version6.sin6_family = AF_INET6;
        address->version6.sin6_port = htons(port);
        return true;
    }
    return false;
}

// What kind of address a text is: AF_INET, AF_INET6, or 0 for none.
static inline int purser_address_family(const char *text) {
    union purser_address address;
    return purser_read_address(text, 0, &address) ? address.any.sa_family : 0;
}

// Whether an address can be reached from this machine alone.
static inline bool purser_is_loopback(const char *text) {
    union purser_address address;
    if (!purser_read_address(text, 0, &address)) return false;
    if (address.any.sa_family == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&address.version6.sin6_addr);
    return ntohl(address.version4.sin_addr.s_addr) >> 24 == 127;
}

// A byte of zero would end the text for whoever reads it, so it stays as it was written.
static inline size_t purser_unescape(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strstr(text, "%00") ? strlen(text) : MHD_http_unescape(text);
}

// MHD_start_daemon takes its options as variable arguments, which Swift does not import.
static inline struct MHD_Daemon *purser_mhd_start(
    const char *host, uint16_t port, MHD_AccessHandlerCallback handler, MHD_RequestCompletedCallback completed,
    void *context, unsigned int connection_limit, unsigned int timeout_seconds, unsigned int threads,
    size_t connection_memory) {
    union purser_address address;
    if (!purser_read_address(host, port, &address)) {
        errno = EINVAL;
        return NULL;
    }
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (address.any.sa_family == AF_INET6) flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, port, NULL, NULL, handler, context,
        MHD_OPTION_SOCK_ADDR, &address.any,
        MHD_OPTION_NOTIFY_COMPLETED, completed, context,
        MHD_OPTION_CONNECTION_LIMIT, connection_limit,
        MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
        MHD_OPTION_UNESCAPE_CALLBACK, purser_unescape, NULL,
        // One thread needs no pool, and MHD says so aloud.
        threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads,
        MHD_OPTION_END);
}

// MHD_get_daemon_info is variadic as well.
static inline uint16_t purser_mhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}
