package dev.gatewatch.connection;

/** Which of Discord's two addresses an attempt connects to. */
public enum Endpoint {
    /** The {@code resume_gateway_url} of the session's READY, where a resume belongs. */
    RESUME_URL,
    /** The cached {@code url} of Get Gateway Bot. */
    GATEWAY_URL
}
