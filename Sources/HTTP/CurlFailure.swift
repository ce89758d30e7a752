internal import CCurl

/// Turns libcurl's results into errors.
enum CurlFailure {
    /// What is known of a transfer that failed.
    struct Circumstances {
        /// Whether a connection was up and the request was about to be written to it.
        var requestBegan: Bool
        /// Whether the answer grew past the limit.
        var wasTooLarge: Bool
        /// Whether libcurl was about to send the request a second time by itself.
        var wasRepeated: Bool
        /// libcurl's sentence about it; empty where it has none.
        var detail: String
    }

    /// The error of a failed transfer.
    ///
    /// Only where the request never began is it certain that the server did not get it.
    ///
    /// - Parameters:
    ///   - code: libcurl's result.
    ///   - circumstances: what else is known.
    /// - Returns: the error.
    static func error(_ code: CURLcode, _ circumstances: Circumstances) -> TransportError {
        let message =
            circumstances.detail.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : circumstances.detail
        guard circumstances.requestBegan else {
            return TransportError(
                isDistrust(code, message) ? .notTrusted : .notConnected,
                mayHaveArrived: false,
                message: message + advice(code, message)
            )
        }
        if circumstances.wasTooLarge {
            return TransportError(.tooLarge, mayHaveArrived: true, message: "the answer is larger than is taken")
        }
        if circumstances.wasRepeated {
            return TransportError(
                .connectionLost,
                mayHaveArrived: true,
                message: "the connection was closed unanswered"
            )
        }
        let kind: TransportError.Kind = code == CURLE_OPERATION_TIMEDOUT ? .timedOut : .connectionLost
        return TransportError(kind, mayHaveArrived: true, message: message)
    }

    static func cancelled(mayHaveArrived: Bool) -> TransportError {
        TransportError(.cancelled, mayHaveArrived: mayHaveArrived, message: "the request was cancelled")
    }

    static func closed(mayHaveArrived: Bool) -> TransportError {
        TransportError(.cancelled, mayHaveArrived: mayHaveArrived, message: "the transport was closed")
    }

    /// Whether the other side was there but is not to be trusted; a handshake that broke off may succeed later.
    private static func isDistrust(_ code: CURLcode, _ message: String) -> Bool {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_USE_SSL_FAILED, CURLE_UNSUPPORTED_PROTOCOL:
            true
        // An old version of TLS is one broken handshake among many to libcurl; OpenSSL's words tell it.
        case CURLE_SSL_CONNECT_ERROR: message.contains("unsupported protocol") || message.contains("protocol version")
        default: false
        }
    }

    /// What the person can do who knows better.
    private static func advice(_ code: CURLcode, _ message: String) -> String {
        switch code {
        // A certificate for another host is signed well enough.
        case CURLE_PEER_FAILED_VERIFICATION
        where message.contains("issuer") || message.contains("self-signed")
            || message.contains("self signed"):
            "; where the service has a certificate of your own authority, give that with --ca-file FILE"
        case CURLE_PEER_FAILED_VERIFICATION where message.contains("host name"): "; check --endpoint"
        case CURLE_SSL_CONNECT_ERROR where isDistrust(code, message):
            "; the service must speak TLS 1.2 or later"
        default: ""
        }
    }
}
