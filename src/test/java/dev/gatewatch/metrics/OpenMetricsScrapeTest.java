package dev.gatewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scrapers get OpenMetrics from us; {@link MetricsTest} asks over HTTP. */
class OpenMetricsScrapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0",
                "application/openmetrics-text;version=\"1.0.0\";q=0.5",
                "Application/OpenMetrics-Text; version=1.0.0; charset=utf-8",
                "application/json;q=0.1, application/openmetrics-text;version=1.0.0;escaping=allow-utf-8"
            })
    void openMetricsAloneIsWanted(String accept) {
        assertThat(OpenMetricsScrape.isWanted(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                ";;;",
                "text/plain",
                "application/json",
                "application/openmetrics-textual",
                "application/openmetrics-text; version=2.0.0",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3"
            })
    void everythingElseIsLeftToQuarkus(String accept) {
        assertThat(OpenMetricsScrape.isWanted(accept)).isFalse();
    }

    @Test
    void aScraperThatSaysNothingIsLeftToQuarkus() {
        assertThat(OpenMetricsScrape.isWanted(null)).isFalse();
    }
}
