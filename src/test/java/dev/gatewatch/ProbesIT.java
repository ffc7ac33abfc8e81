package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The probes of the manifests, asked of the packaged program as Quarkus starts it: without a token, so alive and not ready. */
@QuarkusIntegrationTest
class ProbesIT {

    private final Container container = Manifests.of("base")
            .one(StatefulSet.class, "gatewatch")
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0);

    @Test
    void answerAtThePathsOfTheManifests() {
        assertThat(status(container.getStartupProbe())).isEqualTo(200);
        assertThat(status(container.getLivenessProbe())).isEqualTo(200);
        assertThat(status(container.getReadinessProbe())).isEqualTo(503);
        Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .forEach(probe -> assertThat(
                                RestAssured.get(path(probe)).jsonPath().getList("checks"))
                        .as(path(probe))
                        .isNotEmpty());
    }

    private static int status(Probe probe) {
        return RestAssured.get(path(probe)).statusCode();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }
}
