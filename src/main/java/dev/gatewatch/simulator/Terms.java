package dev.gatewatch.simulator;

/**
 * What a client is told about where and how often it may connect; faults change it.
 *
 * @param gatewayUrl what {@code GET /gateway} and {@code GET /gateway/bot} hand out
 * @param resumeUrl the start of READY's {@code resume_gateway_url}
 * @param remaining IDENTIFYs left
 * @param resetAfter milliseconds until they are whole again
 * @param maxConcurrency identify buckets
 */
record Terms(String gatewayUrl, String resumeUrl, int remaining, long resetAfter, int maxConcurrency) {

    /** The undisturbed terms for a client: the address under which it reached us, over TLS if it speaks TLS. */
    static Terms of(Gateway gateway, HttpCall call) {
        boolean tls = call.tls() || gateway.options().tls();
        String url = (tls ? "wss://" : "ws://") + call.host(gateway.listener().port());
        long now = System.currentTimeMillis();
        IdentifyLedger ledger = gateway.ledger();
        return new Terms(
                url,
                url,
                ledger.remaining(now),
                ledger.resetAfter(now),
                gateway.rules().maxConcurrency());
    }

    Terms withUrls(String newGatewayUrl, String newResumeUrl) {
        return new Terms(newGatewayUrl, newResumeUrl, remaining, resetAfter, maxConcurrency);
    }

    Terms withRemaining(int newRemaining, long newResetAfter) {
        return new Terms(gatewayUrl, resumeUrl, newRemaining, newResetAfter, maxConcurrency);
    }

    Terms withMaxConcurrency(int newMaxConcurrency) {
        return new Terms(gatewayUrl, resumeUrl, remaining, resetAfter, newMaxConcurrency);
    }
}
