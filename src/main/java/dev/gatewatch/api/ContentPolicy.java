package dev.gatewatch.api;

/** What a browser may load for an answer, by its path. See [MDN/Content-Security-Policy]. */
enum ContentPolicy {
    /** Data: nothing at all. */
    DATA("default-src 'none'; frame-ancestors 'none'"),
    /** A page: our own files, no text that is code, no other site. The status page narrows it further. */
    PAGE("default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'");

    private final String header;

    ContentPolicy(String header) {
        this.header = header;
    }

    /** The policy of a path. */
    static ContentPolicy of(String path) {
        return path.equals("/") || path.endsWith(".html") ? PAGE : DATA;
    }

    String header() {
        return header;
    }
}
