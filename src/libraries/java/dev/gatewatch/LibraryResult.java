package dev.gatewatch;

/**
 * Whether a library did what was asked.
 *
 * @param good whether it did
 * @param words what the table says
 * @param trouble what went wrong, for the test's message
 */
record LibraryResult(boolean good, String words, String trouble) {

    static LibraryResult of(boolean good, String words, String trouble) {
        return new LibraryResult(good, good ? words : "no", trouble);
    }

    static LibraryResult not(String trouble) {
        return of(false, "", trouble);
    }

    /** This one, unless the other went wrong. */
    LibraryResult and(LibraryResult other) {
        return good && !other.good ? other : this;
    }
}
