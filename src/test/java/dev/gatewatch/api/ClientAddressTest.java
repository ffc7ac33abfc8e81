package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proxies write into X-Forwarded-For. */
class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,           203.0.113.7",
        "203.0.113.7:50412,     203.0.113.7",
        "2001:db8::7,           2001:db8::7",
        "::1,                   ::1",
        "[2001:db8::7],         2001:db8::7",
        "[2001:db8::7]:50412,   2001:db8::7",
        "::ffff:203.0.113.7,    ::ffff:203.0.113.7",
    })
    void isAClientsAddressWithoutThePort(String entry, String address) {
        assertThat(ClientAddress.withoutPort(entry)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"forged; by nobody", "_hidden", "203.0.113.7:port", "[2001:db8::7", "2001:db8::7]", "a", "''"})
    void isUnknownWhenItIsNoAddress(String entry) {
        assertThat(ClientAddress.withoutPort(entry)).isEqualTo(ClientAddress.UNKNOWN);
    }
}
