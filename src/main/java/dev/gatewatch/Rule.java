package dev.gatewatch;

/** What a setting's value must be. */
@FunctionalInterface
interface Rule {

    /**
     * Checks a value and brings it into the form that the service reads.
     *
     * @param value stripped and not blank
     * @throws IllegalArgumentException when the value is wrong; its message says what is expected, with an example
     */
    String check(String value);
}
